package io.xiaoer.local.command;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.local.api.Reply;
import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.data.Secrets;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Plays the scripted talks of a file with a dialog of a demo shop of the running suite; of a file that is a dialog
/// itself, tells all that is wrong with it. Ends with 1 if something that was expected did not come.
final class FlowTest implements Command {
    private static final Pattern FLOW =
            Pattern.compile("^[\"']?flow[\"']?: *[\"']?([a-z][a-z0-9_]*)[\"']? *(#.*)?$", Pattern.MULTILINE);
    private static final Pattern STEPS = Pattern.compile("^[\"']?steps[\"']? *:", Pattern.MULTILINE);
    private static final Pattern TALKS = Pattern.compile("^[\"']?(cases|talk)[\"']? *:", Pattern.MULTILINE);

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
        if (Files.isDirectory(file)) {
            throw new Refusal(file + " is a directory: name one of its files");
        }
        if (!Files.isReadable(file)) {
            throw new Refusal("There is no file " + file);
        }
        var text = text();
        var flow = flowOf(text)
                .orElseThrow(() -> new Refusal(file + " does not say which flow it is about: begin it with flow: NAME,"
                        + " of a-z 0-9 _, a letter first"));
        boolean dialog = isDialog(text);
        var script = dialog ? checkOf(flow, text) : text;
        var suite = RunningSuite.of(data);
        var secrets = suite.secrets();
        var merchant = secrets.client(secrets.merchants(), shop)
                .orElseThrow(() -> new Refusal("There is no demo shop %s; there are %s"
                        .formatted(shop, String.join(", ", Secrets.DEMO_SHOPS))));
        try (var api = suite.api()) {
            var reply = api.postYaml("/api/v1/flows/" + flow + "/simulate", api.token(merchant), script);
            if (!reply.ok()) {
                throw new Refusal(refusal(reply, flow, file.getFileName().toString()));
            }
            if (dialog) {
                System.out.println(file + " is a dialog without a fault; its talks go into a file with cases:");
                return 0;
            }
            told(reply.attributes()).forEach(System.out::println);
            return reply.attributes().getBooleanValue("passed") ? 0 : 1;
        } catch (IOException e) {
            throw new Refusal(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private String text() throws Refusal, IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new Refusal(file + " is not UTF-8: save it in this encoding");
        }
    }

    /// Whether a file is a dialog, and no talks with one.
    static boolean isDialog(String text) {
        return STEPS.matcher(text).find() && !TALKS.matcher(text).find();
    }

    /// A script without talks, which has a dialog loaded and nothing played.
    private static String checkOf(String flow, String yaml) {
        return new JSONObject(Map.of("flow", flow, "yaml", yaml, "cases", List.of())).toJSONString();
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

    private static String refusal(Reply reply, String flow, String file) {
        var reasons = new StringBuilder(reply.reason());
        var errors = reply.json().getJSONArray("errors");
        if (errors != null) {
            errors.toList(JSONObject.class)
                    .forEach(error -> reasons.append("\n  ")
                            .append(placed(error.getString("field"), flow, file))
                            .append(' ')
                            .append(error.getString("reason")));
        }
        return reasons.toString();
    }

    /// A place in the file as its user knows it.
    static String placed(String field, String flow, String file) {
        for (var known : List.of("script:", flow + ".yml:")) {
            if (field.startsWith(known)) {
                return file + field.substring(known.length() - 1);
            }
        }
        return field;
    }
}
