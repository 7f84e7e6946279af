package io.xiaoer.local.command;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.local.api.Reply;
import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.data.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Plays the scripted talks of a file with a dialog of a demo shop of the running suite. Ends with 1 if something that
/// was expected did not come.
final class FlowTest implements Command {
    private static final Pattern FLOW =
            Pattern.compile("^[\"']?flow[\"']?: *[\"']?([a-z][a-z0-9_]*)", Pattern.MULTILINE);

    private final DataDirectory data;
    private final Path file;
    private final String shop;

    FlowTest(DataDirectory data, Path file, Optional<String> shop) {
        this.data = data;
        this.file = file;
        this.shop = shop.orElse(Secrets.DEMO_SHOPS.getFirst());
    }

    @Override
    public int run() throws Refusal, IOException, InterruptedException {
        if (!Files.isReadable(file)) {
            throw new Refusal("There is no file " + file);
        }
        var script = Files.readString(file);
        var flow = flowOf(script)
                .orElseThrow(() -> new Refusal(file + " does not say which flow it tests: add flow: NAME"));
        var suite = RunningSuite.of(data);
        var secrets = suite.secrets();
        var merchant = secrets.client(secrets.merchants(), shop)
                .orElseThrow(() -> new Refusal("There is no demo shop %s; there are %s"
                        .formatted(shop, String.join(", ", Secrets.DEMO_SHOPS))));
        try (var api = suite.api()) {
            var reply = api.postYaml("/api/v1/flows/" + flow + "/simulate", api.token(merchant), script);
            if (!reply.ok()) {
                throw new Refusal(refusal(reply));
            }
            told(reply.attributes()).forEach(System.out::println);
            return reply.attributes().getBooleanValue("passed") ? 0 : 1;
        } catch (IOException e) {
            throw new Refusal(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    /// The flow that a script is about.
    static Optional<String> flowOf(String script) {
        var matcher = FLOW.matcher(script);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /// What became of a script, line by line.
    static List<String> told(JSONObject result) {
        var lines = new ArrayList<String>();
        int failed = 0;
        var cases = result.getJSONArray("cases").toList(JSONObject.class);
        for (var each : cases) {
            boolean passed = each.getBooleanValue("passed");
            failed += passed ? 0 : 1;
            lines.add((passed ? "ok    " : "FAILED ") + each.getString("name"));
            each.getJSONArray("failures").toList(String.class).forEach(failure -> lines.add("      " + failure));
        }
        lines.add("%d of %d talks went as expected".formatted(cases.size() - failed, cases.size()));
        return lines;
    }

    private static String refusal(Reply reply) {
        var reasons = new StringBuilder(reply.reason());
        var errors = reply.json().getJSONArray("errors");
        if (errors != null) {
            errors.toList(JSONObject.class)
                    .forEach(error -> reasons.append("\n  ")
                            .append(error.getString("field"))
                            .append(' ')
                            .append(error.getString("reason")));
        }
        return reasons.toString();
    }
}
