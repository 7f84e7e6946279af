package io.xiaoer.bot.dialog.store;

import io.xiaoer.bot.dialog.flow.Flow;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.rest.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The forms of a flow over REST.
final class FlowResource {

    private FlowResource() {}

    /// What a merchant reads.
    ///
    /// @param origin `shop` if the shop wrote it, `built_in` else
    /// @param version the one that talks to most
    /// @param canary the one that talks to the tails first
    /// @param yaml the file, absent in lists
    record Attributes(
            String name,
            Map<String, String> title,
            String origin,
            int version,
            @Nullable Integer canary,
            List<Integer> tails,
            @Nullable String yaml,
            @Nullable Instant updatedAt) {}

    /// A version of a flow.
    ///
    /// @param talks `all`, `tails` or `none`
    record Version(int version, String talks, Instant createdAt) {}

    static Resource<Attributes> of(Flow flow, @Nullable FlowHead head, @Nullable String yaml) {
        boolean own = head != null && head.version() != FlowHead.BUILT_IN;
        var attributes = new Attributes(
                flow.name(),
                Map.of("zh", title(flow, Language.ZH), "en", title(flow, Language.EN)),
                own ? "shop" : "built_in",
                flow.version(),
                head == null || head.canary() == 0 ? null : head.canary(),
                head == null ? List.of() : tails(head.tails()),
                yaml,
                head == null ? null : head.updatedAt());
        return new Resource<>(flow.name(), "flow", attributes);
    }

    static Resource<Version> of(FlowRow row, @Nullable FlowHead head) {
        String talks = head != null && head.version() == row.version()
                ? "all"
                : head != null && head.canary() == row.version() ? "tails" : "none";
        return new Resource<>(
                row.name() + ':' + row.version(), "flow_version", new Version(row.version(), talks, row.createdAt()));
    }

    static List<Integer> tails(String digits) {
        return digits.chars().map(digit -> digit - '0').boxed().toList();
    }

    private static String title(Flow flow, Language language) {
        return flow.title().in(language).fill(path -> "");
    }
}
