package dev.gaon;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Why no TLS connection came about, and what to do: each cause in its own words. */
enum TlsFault {
    EXPIRED(
            "인증서 기간이 지남",
            "certificate expired",
            "서버 인증서를 갱신하세요. 이 컴퓨터의 시계도 확인하세요.",
            "Have the server's certificate renewed, and check this computer's clock."),
    NOT_YET_VALID(
            "인증서 기간이 아직 시작되지 않음",
            "certificate not yet valid",
            "이 컴퓨터의 시계와 서버 인증서의 기간을 확인하세요.",
            "Check this computer's clock and the dates of the server's certificate."),
    WRONG_HOST(
            "인증서의 호스트 이름이 다름",
            "wrong host name",
            "엔드포인트의 호스트 이름을 인증서에 적힌 이름으로 바꾸세요.",
            "Give the endpoint the host name that the certificate was issued for."),
    UNKNOWN_AUTHORITY(
            "모르는 인증 기관",
            "unknown certificate authority",
            "사설 인증 기관이면 Network.trust나 Network.trustPem으로 추가하세요.",
            "If it is a private authority, give it with Network.trust or Network.trustPem."),
    REFUSED_CERTIFICATE(
            "인증서를 받아들일 수 없음",
            "certificate not acceptable",
            "서버 인증서의 서명 방식과 용도를 확인하세요.",
            "Check how the server's certificate is signed and what it is for."),
    CLIENT_KEY(
            "클라이언트 인증서가 없거나 거절됨",
            "client certificate missing or refused",
            "서버가 받아들이는 키를 Network.clientKey로 주세요.",
            "Give a key that the server accepts with Network.clientKey."),
    OLD_VERSION(
            "함께 쓸 TLS 버전이 없음",
            "no common TLS version",
            "서버에서 TLS 1.2 이상을 켜세요.",
            "Have TLS 1.2 or later enabled on the server."),
    NO_TLS(
            "TLS로 말하지 않는 서버",
            "the server does not speak TLS",
            "포트가 맞는지, http:// 주소가 아닌지 확인하세요.",
            "Check the port, and whether the address should begin with http://."),
    BROKEN(
            "협상이 끊김",
            "the handshake broke off",
            "서버와 중간 장비의 TLS 설정을 확인하세요.",
            "Check the TLS settings of the server and of what stands between.");

    final Text reason;
    final Text fix;

    TlsFault(String reasonKo, String reasonEn, String fixKo, String fixEn) {
        this.reason = new Text(reasonKo, reasonEn);
        this.fix = new Text(fixKo, fixEn);
    }

    /** By the types of its causes, and where Java has none, by its words. */
    static TlsFault of(Throwable error) {
        StringBuilder words = new StringBuilder();
        boolean refused = false;
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (t instanceof CertificateExpiredException) {
                return EXPIRED;
            } else if (t instanceof CertificateNotYetValidException) {
                return NOT_YET_VALID;
            } else if (t instanceof SSLPeerUnverifiedException) {
                return WRONG_HOST;
            } else if (t instanceof CertPathBuilderException) {
                return UNKNOWN_AUTHORITY;
            }
            refused |= t instanceof CertPathValidatorException;
            words.append(' ').append(t.getMessage());
        }
        String all = words.toString();
        if (all.contains("trust anchor")) {
            return UNKNOWN_AUTHORITY;
        } else if (refused) {
            return REFUSED_CERTIFICATE;
        } else if (all.contains("certificate_required") || all.contains("bad_certificate")) {
            return CLIENT_KEY;
        } else if (all.contains("unrecognized SSL message")) {
            return NO_TLS;
        } else if (all.contains("protocol")) {
            return OLD_VERSION;
        }
        return BROKEN;
    }
}
