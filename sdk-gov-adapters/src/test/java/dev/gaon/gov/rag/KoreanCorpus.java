package dev.gaon.gov.rag;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Sentences in the manner of public reports, made of a few hundred words; the same seed, the same text. */
final class KoreanCorpus {

    private static final String[] NOUNS = ("정부 도시 지역 주민 하천 산림 도로 교통 환경 예산 사업 계획 조사 결과 통계 인구 청년 노인 어린이 학교 병원 시장 농가 어업 "
                    + "관광 문화 유산 박물관 축제 안전 재난 소방 기상 태풍 폭염 가뭄 미세먼지 온실가스 에너지 전력 태양광 풍력 수소 자동차 버스 철도 항만 "
                    + "공항 물류 수출 수입 기업 창업 고용 임금 복지 연금 보험 의료 백신 감염병 연구 기술 반도체 인공지능 자료 정보 보안 통신 위성 우주 해양 "
                    + "갯벌 습지 생태 동물 식물 나무 숲길 공원 주택 건축 토지 지적 측량 지도 행정 민원 법령 조례 회의 보고서 평가 지표 목표 성과 과제 개선 "
                    + "방안 협력 국제 외교 교류 교육 강좌 교사 학생 도서관 체육 경기장 선수 방송 신문 광고 디자인 특허 상표 저작권 계약 세금 재정 금융 은행")
            .split(" ");
    private static final String[] VERBS = ("늘렸다 줄였다 조사하였다 발표하였다 추진한다 마련하였다 개선하였다 확대한다 지원한다 점검하였다 공개하였다 나타났다 "
                    + "확인되었다 분석하였다 제안하였다 운영한다 설치하였다 정비하였다 보급한다 시행한다 검토하였다 결정하였다 강화한다 완화하였다 예상된다 기록하였다 "
                    + "달성하였다 참여하였다 협의하였다 선정하였다")
            .split(" ");
    private static final String[] PARTICLES = {"은", "이", "을", "의", "에", "와", "로", "도", "에서", "까지", "부터", "보다"};

    private final Random random;

    KoreanCorpus(long seed) {
        random = new Random(seed);
    }

    private String any(String... from) {
        return from[random.nextInt(from.length)];
    }

    List<String> sentence() {
        List<String> words = new ArrayList<>();
        int length = 6 + random.nextInt(8);
        for (int i = 0; i < length; i++) {
            String number = random.nextInt(6) == 0 ? (1 + random.nextInt(900)) + "개 " : "";
            words.add(number + any(NOUNS) + (random.nextInt(4) == 0 ? any(NOUNS) : "") + any(PARTICLES));
        }
        words.add(any(VERBS) + ".");
        return words;
    }

    String text(int characters) {
        StringBuilder out = new StringBuilder();
        while (out.length() < characters) {
            out.append(out.isEmpty() ? "" : " ").append(String.join(" ", sentence()));
        }
        return out.toString();
    }

    /** The same words, of which a part has another particle and a part changed places with the next. */
    String reworded(List<String> words, double particles, double swaps) {
        List<String> out = new ArrayList<>(words);
        for (int i = 0; i < out.size() - 1; i++) {
            if (random.nextDouble() < particles) {
                out.set(i, out.get(i).replaceFirst("(에서|까지|부터|보다|[은이을의에와로도])$", "") + any(PARTICLES));
            }
        }
        for (int i = 0; i + 2 < out.size(); i++) {
            if (random.nextDouble() < swaps) {
                String word = out.get(i);
                out.set(i, out.get(i + 1));
                out.set(i + 1, word);
                i++;
            }
        }
        return String.join(" ", out);
    }
}
