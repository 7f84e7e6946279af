package io.xiaoer.ordersync.card;

import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Gives a record the names and forms that it has over REST, so that both say the same.
@Component
class CardJson {

    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    private final JsonMapper json;

    CardJson(JsonMapper json) {
        this.json = json;
    }

    Map<String, Object> fields(Object view) {
        return json.convertValue(view, FIELDS);
    }
}
