package io.xiaoer.bot.generate;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.dialog.expression.Type;
import io.xiaoer.bot.dialog.function.Call;
import io.xiaoer.bot.dialog.function.CallFailed;
import io.xiaoer.bot.dialog.function.FunctionSpec;
import io.xiaoer.bot.dialog.function.Functions;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.json.PlainJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The reads of the dialogs' catalogue, as a model may call them: never a write, and always for the shopper who asks,
/// whatever buyer the model names.
final class CatalogueFunctions implements ReadFunctions {

    private static final String BUYER = "buyer";

    private final Functions functions;

    CatalogueFunctions(Functions functions) {
        this.functions = functions;
    }

    @Override
    public List<Offered> offered() {
        return functions.catalogue().all().values().stream()
                .filter(spec -> !spec.writes())
                .map(spec -> new Offered(name(spec), "Reads " + spec.name() + " of the shopper.", parameters(spec)))
                .toList();
    }

    /// The protocol takes no dots in names.
    private static String name(FunctionSpec spec) {
        return spec.name().replaceAll("[^A-Za-z0-9_-]", "_");
    }

    private static Map<String, Object> parameters(FunctionSpec spec) {
        var properties = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        spec.arguments().forEach((name, argument) -> {
            if (!name.equals(BUYER)) {
                properties.put(name, schema(argument.type()));
                if (!argument.optional()) {
                    required.add(name);
                }
            }
        });
        return Map.of("type", "object", "properties", properties, "required", required);
    }

    private static Map<String, Object> schema(Type type) {
        return switch (type) {
            case Type.Plain plain ->
                switch (plain) {
                    case ANY -> Map.of();
                    case STRING -> Map.of("type", "string");
                    case NUMBER -> Map.of("type", "number");
                    case BOOLEAN -> Map.of("type", "boolean");
                    case RANGE -> {
                        Map<String, Object> moment = Map.of("type", "string", "format", "date-time");
                        yield Map.of("type", "object", "properties", Map.of("from", moment, "to", moment));
                    }
                };
            case Type.Choice(var values) -> Map.of("type", "string", "enum", values);
            case Type.Many(var of) -> Map.of("type", "array", "items", schema(of));
            case Type.OrderRef _ -> Map.of("type", "string", "description", "The number of an order");
            case Type.Parts _ -> Map.of("type", "object");
        };
    }

    @Override
    public String call(String name, String arguments, Question question, Deadline deadline) {
        var spec = functions.catalogue().all().values().stream()
                .filter(each -> !each.writes() && name(each).equals(name))
                .findFirst()
                .orElse(null);
        if (spec == null) {
            return "there is no such function";
        }
        if (question.user().kind() != UserKey.Kind.USER) {
            return "the shopper is not logged in";
        }
        var given = read(arguments);
        if (given == null) {
            return "the arguments are no JSON object";
        }
        try {
            var result = functions.call(spec, kept(spec, given, question.user().id()), call(question, deadline));
            return JSON.toJSONString(result);
        } catch (CallFailed e) {
            return e.reason().name().toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "the arguments do not fit";
        }
    }

    private static Call call(Question question, Deadline deadline) {
        return new Call(question.user(), question.sessionId(), "", question.language(), deadline);
    }

    private static @Nullable JSONObject read(String arguments) {
        try {
            return arguments.isBlank() ? new JSONObject() : PlainJson.object(arguments);
        } catch (JSONException e) {
            return null;
        }
    }

    private static Map<String, Object> kept(FunctionSpec spec, JSONObject given, String buyer) {
        var kept = new LinkedHashMap<String, Object>();
        spec.arguments().forEach((name, argument) -> {
            Object value = name.equals(BUYER) ? buyer : given.get(name);
            if (value != null) {
                kept.put(name, value);
            } else if (argument.otherwise() != null) {
                kept.put(name, argument.otherwise());
            } else if (!argument.optional()) {
                throw new IllegalArgumentException(name);
            }
        });
        return kept;
    }
}
