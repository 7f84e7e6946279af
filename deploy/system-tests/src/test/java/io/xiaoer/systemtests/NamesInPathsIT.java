package io.xiaoer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names in paths that nothing here has: whoever calls is told so, and not that something is broken on our side.
class NamesInPathsIT {

    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    private final Strangers callers = new Strangers("names-" + Made.word());

    @ParameterizedTest
    @ValueSource(strings = {"退货政策", "é", "😀", "\u202E"})
    void aNameOfAnyAlphabetIsUnknownAtMost(String name) {
        var all = new SoftAssertions();
        ApiDocument.operations().forEach((operation, scopes) -> {
            var parameters = PARAMETER.matcher(operation);
            while (parameters.find()) {
                check(all, operation, parameters, scopes, name);
            }
        });
        all.assertAll();
    }

    private void check(SoftAssertions all, String operation, Matcher parameter, Set<String> scopes, String name) {
        String path = operation.substring(operation.indexOf(' ') + 1, parameter.start())
                + URLEncoder.encode(name, StandardCharsets.UTF_8)
                + PARAMETER.matcher(operation.substring(parameter.end())).replaceAll("1");
        for (String scope : scopes) {
            var reply =
                    call(callers.of(scope), operation, PARAMETER.matcher(path).replaceAll("1"));
            all.assertThat(reply.status())
                    .as("%s with %s as %s: %s", operation, name, scope, reply.text())
                    .isLessThan(500);
        }
    }

    private static Rest.Reply call(Rest caller, String operation, String path) {
        return switch (operation.substring(0, operation.indexOf(' '))) {
            case "GET" -> caller.get(path);
            case "DELETE" -> caller.delete(path);
            case "PUT" -> caller.put(path, Map.of());
            case "PATCH" -> caller.patch(path, Map.of());
            default -> caller.post(path, Map.of());
        };
    }

    @Test
    void whatIsLookedForByANameThatItCannotHaveIsNotThere() {
        var merchant = Made.merchant(Made.OTHER_SHOP);
        for (String path : new String[] {"faqs", "flows", "sources", "coupon-templates", "orders", "inventory"}) {
            var reply = merchant.get("/api/v1/" + path + "/" + URLEncoder.encode("退货政策", StandardCharsets.UTF_8));
            assertThat(reply.status()).as("%s: %s", path, reply.text()).isEqualTo(404);
        }
    }
}
