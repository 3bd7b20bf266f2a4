package dev.gaon.gov.claim;

import dev.gaon.gov.text.BilingualText;
import org.jspecify.annotations.Nullable;

/** Why a description is refused: the cause, then what to do, in Korean and English. */
final class CardFailure {

    static final String KINDS =
            "Hugging Face README, Croissant 1.0/1.1, schema.org Dataset, data.go.kr JSON, DCAT JSON-LD,"
                    + " DCAT RDF/XML, SPDX 2.3 JSON, SPDX 3.0 JSON-LD, CycloneDX 1.4-1.7 JSON, Data Provenance Standards JSON";

    private CardFailure() {}

    static IllegalArgumentException of(String ko, String en, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                new BilingualText("데이터셋 설명을 읽을 수 없습니다. " + ko, "The dataset description cannot be read. " + en).both(),
                cause);
    }

    static IllegalArgumentException unknown() {
        return of(
                "아는 형식이 아닙니다. 읽는 형식: " + KINDS + ".",
                "It is of no known kind. Kinds that are read: " + KINDS + ".",
                null);
    }

    /** More than is read of one file. */
    static IllegalArgumentException tooMuch(String ko, String en) {
        return of(ko + " 데이터셋마다 파일을 나누세요.", en + " Split the file by dataset.", null);
    }
}
