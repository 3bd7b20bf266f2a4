package dev.gaon;

import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.model.moderation.Moderation;
import dev.langchain4j.model.moderation.ModerationModel;
import dev.langchain4j.model.moderation.ModerationRequest;
import dev.langchain4j.model.moderation.ModerationResponse;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Whether texts are fit to be shown, and by which category they are not. */
final class GaonModerationModel implements ModerationModel {

    private final ModelCard card;
    private final Gaon gaon;

    GaonModerationModel(ModelCard card, Gaon gaon) {
        this.card = card;
        this.gaon = gaon;
    }

    /** A chat of CLOVA that shows its filter, or a path for moderation. */
    static boolean offered(Endpoint endpoint) {
        return endpoint.offer().paths().containsKey("moderations")
                || endpoint.dialect().equals(PlainCall.CLOVA)
                || endpoint.offer().equals(Provider.OWN);
    }

    static CallFailure refusal(ModelCard card) {
        return PlainCall.unsupported(
                card.id() + "을(를) 제공하는 곳에 유해성을 가리는 API가 없습니다.",
                card.id() + ": nobody who serves it has an API for moderation.",
                "클로바 네이티브(clova) 모델이나 /moderations가 있는 서버의 모델을 쓰세요.",
                "Use a model of native CLOVA (clova), or one on a server with /moderations.");
    }

    @Override
    public String modelName() {
        return card.id();
    }

    @Override
    public ModerationResponse doModerate(ModerationRequest request) {
        List<String> texts = request.texts();
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).isBlank()) {
                throw PlainCall.refused(
                                card.id() + ": " + (i + 1) + "번째 글이 비어 있습니다.",
                                card.id() + ": text " + (i + 1) + " of " + texts.size() + " is empty.")
                        .toException();
            }
        }
        Map<String, Object> last = Map.of();
        for (String text : texts) {
            ModerationCall call = new ModerationCall(card, gaon, text);
            try {
                call.run(UnaryOperator.identity());
            } catch (ContentFilteredException e) {
                return answer(Moderation.flagged(text), Map.of("provider", "content-filtered"));
            }
            last = call.categories();
            if (call.flagged()) {
                return answer(Moderation.flagged(text), last);
            }
        }
        return answer(Moderation.notFlagged(), last);
    }

    private static ModerationResponse answer(Moderation moderation, Map<String, ?> categories) {
        return ModerationResponse.builder()
                .moderation(moderation)
                .metadata(Map.of("categories", categories))
                .build();
    }
}
