package io.xiaoer.bot.dialog.store;

import io.xiaoer.bot.dialog.flow.Flow;
import io.xiaoer.bot.dialog.flow.FlowLoader;
import io.xiaoer.bot.dialog.yaml.InvalidFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/// The flows that every shop has unless it wrote its own: `dialog/pack/*.yml` on the class path.
public final class BuiltInFlows {

    private static final String WHERE = "classpath*:dialog/pack/*.yml";

    private final Map<String, BuiltIn> flows;

    private BuiltInFlows(Map<String, BuiltIn> flows) {
        this.flows = Collections.unmodifiableMap(flows);
    }

    /// A flow and its text.
    public record BuiltIn(Flow flow, String text) {}

    /// Reads them.
    ///
    /// @throws IllegalStateException if one is wrong, with all that is wrong with it
    public static BuiltInFlows load(FlowLoader loader) {
        var flows = new TreeMap<String, BuiltIn>();
        try {
            for (Resource resource : new PathMatchingResourcePatternResolver().getResources(WHERE)) {
                String text = resource.getContentAsString(StandardCharsets.UTF_8);
                Flow flow = loader.load(String.valueOf(resource.getFilename()), text);
                if (flows.put(flow.name(), new BuiltIn(flow, text)) != null) {
                    throw new IllegalStateException("two built-in flows are called " + flow.name());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InvalidFile e) {
            throw new IllegalStateException("a built-in flow is wrong:\n" + e.getMessage(), e);
        }
        return new BuiltInFlows(flows);
    }

    /// All of them, by name.
    public Map<String, BuiltIn> all() {
        return flows;
    }

    /// One of them, null if there is none of that name.
    public @Nullable BuiltIn get(String name) {
        return flows.get(name);
    }
}
