package dev.gaon;

import dev.gaon.GaonParameters.Thinking;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses, before a byte is sent, what an endpoint is known not to take of a chat request: the one place that asks the
 * catalogue. What the catalogue does not know passes.
 */
final class Capabilities {

    private static final Map<String, Text> FEATURES = Map.of(
            "thinking", new Text("thinking", "thinking"),
            "tools", new Text("도구", "tools"),
            "structuredOutput", new Text("구조화 출력", "structured output"),
            "stop", new Text("stopSequences", "stopSequences"),
            "image", new Text("이미지", "images"),
            "audio", new Text("오디오", "audio"));

    private final ChatRequest request;
    private final ChatRequestParameters parameters;
    private final @Nullable GaonParameters own;
    private final ModelCard model;
    private final Endpoint endpoint;
    private final Quirks quirks;

    private Capabilities(ChatRequest request, ModelCard model, Endpoint endpoint) {
        this.request = request;
        this.parameters = request.parameters();
        this.own = parameters instanceof GaonParameters gaon ? gaon : null;
        this.model = model;
        this.endpoint = endpoint;
        this.quirks = endpoint.offer().quirks();
    }

    /**
     * The request as it may be encoded: the same, unless the caller lets numbers be clamped, or the model must be told not
     * to think because it thinks unasked and cannot do so with what the request uses.
     *
     * @throws CallFailure of kind {@code unsupported}
     */
    static ChatRequest admitted(ChatRequest request, ModelCard model, Endpoint endpoint) {
        return new Capabilities(request, model, endpoint).admitted();
    }

    static CallFailure unsupported(ModelCard model, Endpoint endpoint, String ko, String en) {
        return refusal(model, endpoint, ko, en)
                .fix("요청에서 빼거나 다른 모델을 고르세요. 아무것도 보내지 않았습니다.", "Leave it out or choose another model. Nothing was sent.")
                .build();
    }

    private static CallFailure.Builder refusal(ModelCard model, Endpoint endpoint, String ko, String en) {
        return CallFailure.kind("unsupported")
                .at(endpoint)
                .phase("configure")
                .message(model.id() + ": " + ko + ".", model.id() + ": " + en + ".");
    }

    private CallFailure unsupported(String ko, String en) {
        return unsupported(model, endpoint, ko, en);
    }

    private CallFailure unsupported(String ko, String en, String koFix, String enFix) {
        return refusal(model, endpoint, ko, en)
                .fix(koFix + " 아무것도 보내지 않았습니다.", enFix + " Nothing was sent.")
                .build();
    }

    private ChatRequest admitted() {
        GaonParameters.Builder changed = null;
        changed = ranged("temperature", "temperature", parameters.temperature(), changed);
        changed = ranged("topP", "top_p", parameters.topP(), changed);
        changed = ranged("topK", "top_k", parameters.topK(), changed);
        changed = ranged("frequencyPenalty", "frequency_penalty", parameters.frequencyPenalty(), changed);
        changed = ranged("presencePenalty", "presence_penalty", parameters.presencePenalty(), changed);
        changed = ranged("maxOutputTokens", quirks.maxTokensField(), parameters.maxOutputTokens(), changed);
        if (stops()) {
            taken("stop");
        }
        if (own != null) {
            own.extraBody().forEach(this::extra);
        }
        messages();
        if (calls()) {
            changed = tools(changed);
        }
        if (structured()) {
            responseFormat();
        }
        changed = thinking(changed);
        return changed == null
                ? request
                : request.toBuilder().parameters(changed.build()).build();
    }

    private GaonParameters.Builder changing(GaonParameters.@Nullable Builder changed) {
        return changed == null ? GaonParameters.builder().overrideWith(parameters) : changed;
    }

    private void taken(String field) {
        if (quirks.refusedFields().contains(field)) {
            throw unsupported(field + " 항목을 받지 않습니다", "it does not take " + field);
        }
    }

    private void extra(String name, Object value) {
        taken(name);
        if (name.equals(quirks.maxTokensField())) {
            throw unsupported(
                    "extraBody에 " + name + "을(를) 넣을 수 없습니다",
                    "extraBody must not hold " + name,
                    "ChatRequest의 maxOutputTokens를 쓰세요.",
                    "Use maxOutputTokens of the ChatRequest.");
        }
        String parallel = String.valueOf(quirks.parallelToolCalls());
        boolean never = parallel.equals("false");
        if (name.equals("parallel_tool_calls")
                && (never || (parallel.equals("only-true") && !Boolean.TRUE.equals(value)))) {
            throw unsupported(
                    "parallel_tool_calls는 " + (never ? "받지 않습니다" : "true만 받습니다"),
                    "it takes " + (never ? "no" : "only true for") + " parallel_tool_calls");
        }
    }

    // numbers

    private GaonParameters.@Nullable Builder ranged(
            String name, String field, @Nullable Number value, GaonParameters.@Nullable Builder changed) {
        if (value == null) {
            return changed;
        }
        taken(field);
        if (!Double.isFinite(value.doubleValue())) {
            throw unsupported(
                    name + "은(는) 유한한 수여야 합니다 (요청: " + value + ")",
                    name + " must be a finite number (asked: " + value + ")",
                    "값을 바꾸세요.",
                    "Change it.");
        }
        Quirks.Range range = quirks.ranges().get(name);
        Double nearest = range == null ? (Double) value.doubleValue() : range.nearest(value.doubleValue());
        if (nearest != null && nearest == value.doubleValue()) {
            return changed;
        }
        if (nearest == null || own == null || !own.clamped()) {
            throw unsupported(
                    name + "은(는) " + range + " 안에 있어야 합니다 (요청: " + value + ")",
                    name + " must lie within " + range + " (asked: " + value + ")",
                    "값을 바꾸거나 GaonParameters.clamped(true)로 가까운 값을 쓰게 하세요.",
                    "Change it, or let GaonParameters.clamped(true) take the nearest value.");
        }
        GaonParameters.Builder next = changing(changed);
        switch (name) {
            case "temperature" -> next.temperature(nearest);
            case "topP" -> next.topP(nearest);
            case "topK" -> next.topK(nearest.intValue());
            case "frequencyPenalty" -> next.frequencyPenalty(nearest);
            case "presencePenalty" -> next.presencePenalty(nearest);
            default -> next.maxOutputTokens(nearest.intValue());
        }
        return next;
    }

    // messages

    private void messages() {
        int systems = 0;
        int images = 0;
        for (ChatMessage message : request.messages()) {
            if (message instanceof SystemMessage && ++systems > 1 && quirks.singleSystemMessage()) {
                throw unsupported("시스템 메시지는 하나만 받습니다", "it takes one system message only");
            }
            List<Content> contents = contents(message);
            int here = 0;
            for (Content content : contents) {
                if (content instanceof ImageContent image) {
                    image(image.image());
                    here++;
                } else if (content instanceof AudioContent && !reads("audio")) {
                    throw unsupported("AUDIO를 읽지 않는 모델입니다", "it does not read input of type AUDIO");
                }
            }
            images += here;
            Quirks.Images rules = quirks.images();
            if (here > 0 && rules != null) {
                count(here, rules.perMessage(), "메시지 하나에", "in one message");
                count(images, rules.perRequest(), "요청 하나에", "in one request");
            }
        }
    }

    private static List<Content> contents(ChatMessage message) {
        return message instanceof UserMessage user
                ? user.contents()
                : message instanceof ToolExecutionResultMessage result ? result.contents() : List.of();
    }

    private boolean reads(String modality) {
        Set<String> input = model.input();
        return input == null || input.contains(modality);
    }

    private void count(int images, int most, String ko, String en) {
        if (most > 0 && images > most) {
            throw unsupported(
                    "이미지는 " + ko + " " + most + "개까지입니다",
                    "it takes at most " + (most == 1 ? "one image " : most + " images ") + en,
                    "이미지를 줄이세요.",
                    "Send fewer images.");
        }
    }

    private void image(Image image) {
        if (!reads("image")) {
            throw unsupported("이미지를 읽지 않는 모델입니다", "it does not read images");
        }
        Quirks.Images rules = quirks.images();
        if (image.url() == null && (image.base64Data() == null || image.mimeType() == null)) {
            throw unsupported(
                    "이미지에는 url, 또는 base64Data와 mimeType이 필요합니다",
                    "an image needs a url, or base64Data with its mimeType",
                    "이미지를 채우세요.",
                    "Complete the image.");
        }
        if (rules == null || image.base64Data() == null) {
            return;
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(image.base64Data());
        } catch (IllegalArgumentException e) {
            throw unsupported("이미지가 base64가 아닙니다", "an image is not base64");
        }
        String most = String.format(Locale.ROOT, "%,d", rules.bytes());
        if (rules.bytes() > 0 && bytes.length > rules.bytes()) {
            throw unsupported(
                    "이미지는 " + most + "바이트까지입니다",
                    "an image may have at most " + most + " bytes",
                    "이미지를 줄이세요.",
                    "Make the image smaller.");
        }
        ImageHeader header = ImageHeader.read(bytes);
        if (!rules.formats().isEmpty() && (header == null || !rules.formats().contains(header.format()))) {
            String found = header == null ? "?" : header.format();
            throw unsupported(
                    "이미지 형식은 " + rules.formats() + "만 받습니다 (이 이미지: " + found + ")",
                    "it takes images as " + rules.formats() + " only (this one: " + found + ")",
                    "이미지를 그 형식으로 바꾸세요.",
                    "Convert the image.");
        }
        if (header != null) {
            sides(header, rules);
        }
    }

    private void sides(ImageHeader header, Quirks.Images rules) {
        int longer = Math.max(header.width(), header.height());
        int shorter = Math.min(header.width(), header.height());
        boolean large = rules.longest() > 0 && longer > rules.longest();
        boolean small = rules.shortest() > 0 && shorter < rules.shortest();
        boolean narrow = rules.ratio() > 0 && longer > (long) rules.ratio() * shorter;
        if (large || small || narrow) {
            String size = header.width() + "x" + header.height();
            throw unsupported(
                    "이미지는 긴 변 " + rules.longest() + "px, 짧은 변 " + rules.shortest() + "px, 비율 1:" + rules.ratio()
                            + " 안이어야 합니다 (이 이미지: " + size + ")",
                    "an image must keep to a long side of " + rules.longest() + " px, a short side of "
                            + rules.shortest() + " px and a ratio of 1:" + rules.ratio() + " (this one: " + size + ")",
                    "이미지의 크기를 바꾸세요.",
                    "Resize the image.");
        }
    }

    // tools

    /** Whether a way of choosing a tool is taken, as far as it is known. */
    static boolean takes(Quirks quirks, String choice) {
        return quirks.toolChoice().isEmpty() || quirks.toolChoice().contains(choice);
    }

    private boolean calls() {
        return parameters.toolSpecifications() != null
                && !parameters.toolSpecifications().isEmpty();
    }

    private GaonParameters.@Nullable Builder tools(GaonParameters.@Nullable Builder changed) {
        if (Boolean.FALSE.equals(model.tools())) {
            throw unsupported("도구를 부르지 않는 모델입니다", "it does not call tools");
        }
        for (ToolSpecification tool : parameters.toolSpecifications()) {
            if (quirks.toolDescriptionRequired()
                    && (tool.description() == null || tool.description().isBlank())) {
                throw unsupported(
                        "도구 " + tool.name() + "에 설명이 필요합니다",
                        "the tool " + tool.name() + " needs a description",
                        "도구에 설명을 쓰세요.",
                        "Describe the tool.");
            }
            if (quirks.toolNamePattern() != null && !tool.name().matches(quirks.toolNamePattern())) {
                throw unsupported(
                        "도구 이름 " + tool.name() + "이(가) " + quirks.toolNamePattern() + "에 맞지 않습니다",
                        "the tool name " + tool.name() + " does not match " + quirks.toolNamePattern(),
                        "도구 이름을 바꾸세요.",
                        "Rename the tool.");
            }
        }
        if (parameters.toolChoice() != null) {
            String word = parameters.toolChoice().name().toLowerCase(Locale.ROOT);
            boolean only =
                    word.equals("required") && parameters.toolSpecifications().size() == 1 && takes(quirks, "named");
            if (!takes(quirks, word) && !only) {
                throw unsupported(
                        "toolChoice " + parameters.toolChoice() + "을(를) 받지 않습니다",
                        "it does not take toolChoice " + parameters.toolChoice());
            }
        }
        int least = quirks.outputTokensWithTools();
        Integer asked = parameters.maxOutputTokens();
        if (least > 0 && asked != null && asked < least && (own == null || !own.clamped())) {
            throw unsupported(
                    "도구를 쓰면 maxOutputTokens가 " + least + " 이상이어야 합니다 (요청: " + asked + ")",
                    "with tools, maxOutputTokens must be at least " + least + " (asked: " + asked + ")",
                    "maxOutputTokens를 늘리세요.",
                    "Raise maxOutputTokens.");
        }
        return least > 0 && (asked == null || asked < least) ? changing(changed).maxOutputTokens(least) : changed;
    }

    // structured output

    private boolean structured() {
        ResponseFormat format = parameters.responseFormat();
        return format != null && format.type() == ResponseFormatType.JSON;
    }

    private void responseFormat() {
        String type = parameters.responseFormat().jsonSchema() == null ? "json_object" : "json_schema";
        if (Boolean.FALSE.equals(model.structuredOutput())
                || (!quirks.responseFormats().isEmpty()
                        && !quirks.responseFormats().contains(type))) {
            throw unsupported(
                    "구조화 출력(" + type + ")을 지원하지 않습니다", "it does not support structured output (" + type + ")");
        }
        String word = quirks.wordForJsonObject();
        if (word != null && type.equals("json_object") && !anyMessageSays(word)) {
            throw unsupported(
                    "스키마 없는 JSON 응답에는 메시지 어딘가에 " + word + "이라는 낱말이 있어야 합니다",
                    "for JSON without a schema some message must hold the word " + word,
                    "메시지에 " + word + "을 쓰거나 스키마를 주세요.",
                    "Write " + word + " in a message, or give a schema.");
        }
    }

    private boolean anyMessageSays(String word) {
        String wanted = word.toLowerCase(Locale.ROOT);
        for (ChatMessage message : request.messages()) {
            if (message instanceof SystemMessage system
                    && system.text().toLowerCase(Locale.ROOT).contains(wanted)) {
                return true;
            }
            for (Content content : contents(message)) {
                if (content instanceof TextContent text
                        && text.text().toLowerCase(Locale.ROOT).contains(wanted)) {
                    return true;
                }
            }
        }
        return false;
    }

    // thinking, and what cannot be combined

    private GaonParameters.@Nullable Builder thinking(GaonParameters.@Nullable Builder changed) {
        Thinking level = own == null ? null : own.thinking();
        boolean asked = level != null && level != Thinking.NONE;
        if (level != null) {
            offered(level);
        }
        if (model.exclusive().isEmpty() && quirks.exclusive().isEmpty()) {
            return changed;
        }
        boolean unasked = level == null
                && model.thinkingDefault() != null
                && !model.thinkingDefault().equals("none");
        boolean off = false;
        for (List<Set<String>> pairs : List.of(model.exclusive(), quirks.exclusive())) {
            for (Set<String> pair : pairs) {
                boolean all = true;
                boolean thinks = false;
                for (String feature : pair) {
                    boolean thinking = feature.equals("thinking");
                    thinks |= thinking;
                    all &= thinking ? asked || unasked : uses(feature);
                }
                if (all && thinks && unasked && model.thinkingLevels().contains("none")) {
                    off = true;
                } else if (all) {
                    throw notCombined(pair);
                }
            }
        }
        return off ? changing(changed).thinking(Thinking.NONE) : changed;
    }

    private void offered(Thinking level) {
        String name = level.name().toLowerCase(Locale.ROOT);
        Map<String, Object> levels = model.thinking();
        if (levels == null && level == Thinking.NONE) {
            return;
        }
        if (levels == null || !levels.containsKey(name)) {
            throw unsupported(
                    "thinking " + level + "을(를) 제공하지 않습니다 (가능: " + model.thinkingLevels() + ")",
                    "it does not offer thinking " + level + " (offered: " + model.thinkingLevels() + ")");
        }
        Object wire = levels.get(name);
        if (wire instanceof Map<?, ?> fields) {
            fields.keySet().forEach(field -> taken((String) field));
        } else if (wire != null && quirks.thinkingField() == null) {
            throw unsupported("이 서버에서 thinking을 켜고 끄는 방법을 모릅니다", "how this server switches thinking is not known");
        }
    }

    private boolean uses(String feature) {
        return switch (feature) {
            case "tools" -> calls();
            case "structuredOutput" -> structured();
            case "stop" -> stops();
            case "image" -> holds(ImageContent.class);
            case "audio" -> holds(AudioContent.class);
            default -> own != null && own.extraBody().containsKey(feature);
        };
    }

    private boolean stops() {
        return parameters.stopSequences() != null && !parameters.stopSequences().isEmpty();
    }

    private boolean holds(Class<? extends Content> kind) {
        for (ChatMessage message : request.messages()) {
            for (Content content : contents(message)) {
                if (kind.isInstance(content)) {
                    return true;
                }
            }
        }
        return false;
    }

    private CallFailure notCombined(Set<String> pair) {
        String[] features = pair.toArray(String[]::new);
        String last = features[features.length - 1];
        // Thinking is named first: it is what can be switched off.
        String first = pair.contains("thinking") ? "thinking" : features[0];
        String second = first.equals(last) ? features[0] : last;
        Text one = FEATURES.getOrDefault(first, new Text(first, first));
        Text other = FEATURES.getOrDefault(second, new Text(second, second));
        boolean thinks = first.equals("thinking");
        return unsupported(
                one.ko() + "과(와) " + other.ko() + "을(를) 함께 쓸 수 없습니다",
                "it cannot combine " + one.en() + " with " + other.en(),
                thinks ? "thinking을 NONE으로 하거나 " + other.ko() + "을(를) 빼세요." : "둘 중 하나를 빼세요.",
                thinks ? "Set thinking to NONE, or leave out " + other.en() + "." : "Leave one of them out.");
    }
}
