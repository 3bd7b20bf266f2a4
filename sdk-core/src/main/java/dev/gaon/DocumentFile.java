package dev.gaon;

import dev.langchain4j.data.message.UserMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.ByteString;
import okio.Okio;
import okio.Source;

/** A document on its way to a server, held in memory; of it, only its size and digest are told to anybody else. */
record DocumentFile(ByteString bytes, String sha256) {

    private static final long PIECE = 64 << 10;

    /** How files of some kinds begin. */
    private static final Map<String, ByteString> MAGIC = Map.of(
            "pdf", ByteString.encodeUtf8("%PDF-"),
            "png", ByteString.decodeHex("89504e470d0a1a0a"),
            "jpg", ByteString.decodeHex("ffd8ff"));

    /** Reads to the end, or to one byte more than is allowed; does not close the stream. */
    static DocumentFile read(InputStream in, long most, Text otherwise) {
        Buffer bytes = new Buffer();
        Source source = Okio.source(in);
        try {
            while (bytes.size() <= most && source.read(bytes, PIECE) >= 0) {
                // Until the end, or too much.
            }
        } catch (IOException e) {
            throw CallFailure.kind("invalid-request")
                    .phase("configure")
                    .message(
                            "문서를 읽다가 실패했습니다(" + e.getClass().getSimpleName() + ").",
                            "Reading the document failed (" + e.getClass().getSimpleName() + ").")
                    .fix("문서의 스트림을 확인하세요. 아무것도 보내지 않았습니다.", "Check the document's stream. Nothing was sent.")
                    .build();
        }
        if (bytes.size() > most) {
            throw CallFailure.kind("invalid-request")
                    .phase("configure")
                    .message(
                            "문서가 " + (most >> 20) + " MiB를 넘습니다.",
                            "The document is larger than " + (most >> 20) + " MiB.")
                    .fix(otherwise)
                    .build();
        }
        ByteString all = bytes.snapshot();
        return new DocumentFile(all, all.sha256().hex());
    }

    /** What guards and records see in its place. */
    UserMessage described() {
        return UserMessage.from("document: " + bytes.size() + " bytes, sha256 " + sha256);
    }

    /** As a form, whose bytes are those of this file and not a copy. */
    MultipartBody form(Map<String, String> fields) {
        MultipartBody.Builder form = new MultipartBody.Builder().setType(MultipartBody.FORM);
        fields.forEach(form::addFormDataPart);
        MediaType type = MediaType.get("application/octet-stream");
        return form.addFormDataPart("document", name(), RequestBody.create(bytes, type))
                .build();
    }

    /** A stream has no name, but a server may look at how it ends. */
    private String name() {
        return MAGIC.entrySet().stream()
                .filter(kind -> bytes.startsWith(kind.getValue()))
                .map(kind -> "document." + kind.getKey())
                .findFirst()
                .orElse("document");
    }

    /** A record's own would print the document. */
    @Override
    public String toString() {
        return "DocumentFile[" + bytes.size() + " bytes, sha256 " + sha256 + "]";
    }
}
