package io.xiaoer.bot.dialog;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.xiaoer.bot.dialog.flow.Flow;
import io.xiaoer.bot.dialog.flow.FlowLoader;
import io.xiaoer.bot.dialog.function.FunctionMeters;
import io.xiaoer.bot.dialog.function.MethodFunctions;
import io.xiaoer.bot.dialog.yaml.InvalidFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// The example flows over a shop in memory.
public final class Flows {

    private static final Map<String, Flow> LOADED = new ConcurrentHashMap<>();

    private Flows() {}

    /// The functions of a shop, by the example catalogue.
    public static MethodFunctions functions(ShopFunctions shop) {
        return MethodFunctions.of(
                List.of(shop), "functions.yml", text("functions.yml"), new FunctionMeters(new SimpleMeterRegistry()));
    }

    /// A loader over the example catalogue.
    public static FlowLoader loader() {
        return new FlowLoader(functions(new ShopFunctions()).catalogue());
    }

    /// An example flow.
    public static Flow example(String name) {
        return LOADED.computeIfAbsent(name, Flows::load);
    }

    private static Flow load(String name) {
        try {
            return loader().load(name + ".yml", text(name + ".yml"));
        } catch (InvalidFile e) {
            throw new IllegalStateException(e);
        }
    }

    /// The text of a file of the examples.
    public static String text(String file) {
        try (var in = Flows.class.getResourceAsStream("/dialogs/" + file)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
