package io.xiaoer.common.message;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How an answer came about.
///
/// @param source the source that gave it, `faq` or `order` for example
/// @param confidence 0 to 1
/// @param elapsedMs milliseconds from the taking of the question to the answer
/// @param faqId the FAQ entry it was taken from
/// @param flow the dialog that gave it
/// @param model the generative model that wrote it
public record Answer(
        String source,
        double confidence,
        long elapsedMs,
        @Nullable String faqId,
        @Nullable String flow,
        @Nullable String model) {

    /// The wire form.
    public Map<String, Object> toMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("source", source);
        map.put("confidence", confidence);
        map.put("elapsed_ms", elapsedMs);
        if (faqId != null) {
            map.put("faq_id", faqId);
        }
        if (flow != null) {
            map.put("flow", flow);
        }
        if (model != null) {
            map.put("model", model);
        }
        return map;
    }

    static Answer parse(Map<String, ?> map) {
        return new Answer(
                String.valueOf(map.get("source")),
                map.get("confidence") instanceof Number n ? n.doubleValue() : 0,
                map.get("elapsed_ms") instanceof Number n ? n.longValue() : 0,
                (String) map.get("faq_id"),
                (String) map.get("flow"),
                (String) map.get("model"));
    }
}
