package io.xiaoer.compensation.task;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Moments;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A filter as callers write it: text, to be read and refused.
public record TaskQuery(
        @Nullable String status,
        @Nullable String topic,
        @Nullable String shopId,
        @Nullable String since,
        @Nullable String q) {
    private static final int MAX_TEXT = 255;

    /// What a topic may be written in; the database compares its column with nothing else.
    private static final Pattern PRINTABLE_ASCII = Pattern.compile("[ -~]*");

    /// A plus that an address was written with, and that was read as a space.
    private static final Pattern PLUS_OF_AN_OFFSET = Pattern.compile(" (?=[0-9]{2}:[0-9]{2}$)");

    /// @param statuses what an absent `status` means
    /// @throws ProblemException naming the first value that is refused
    public TaskFilter filter(List<TaskStatus> statuses, @Nullable String before, int limit) {
        if (before != null && !SnowflakeIds.isId(before)) {
            throw ProblemException.invalid("before", "must be the id of a task");
        }
        return new TaskFilter(
                absent(status) == null ? statuses : statuses(),
                askedTopic(),
                askedShop(),
                time(),
                text("q", q),
                before,
                limit);
    }

    private List<TaskStatus> statuses() {
        var all = new ArrayList<TaskStatus>();
        for (var name : String.valueOf(status).split(",", -1)) {
            all.add(Arrays.stream(TaskStatus.values())
                    .filter(each -> each.code().equals(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> ProblemException.invalid(
                            "status", "must be waiting, retrying, replayed, succeeded, exhausted or discarded")));
        }
        return all;
    }

    private @Nullable Instant time() {
        var text = absent(since);
        try {
            return text == null
                    ? null
                    : Moments.of(PLUS_OF_AN_OFFSET.matcher(text).replaceFirst("+"));
        } catch (DateTimeException malformed) {
            throw ProblemException.invalid("since", Moments.RULE);
        }
    }

    private @Nullable String askedShop() {
        var text = absent(shopId);
        try {
            return text == null ? null : new ShopId(text).value();
        } catch (IllegalArgumentException malformed) {
            throw ProblemException.invalid("shop_id", "must be 1 to 32 of a-z 0-9 -");
        }
    }

    private @Nullable String askedTopic() {
        var text = text("topic", topic);
        if (text != null && !PRINTABLE_ASCII.matcher(text).matches()) {
            throw ProblemException.invalid("topic", "must be printable ASCII");
        }
        return text;
    }

    private static @Nullable String text(String field, @Nullable String value) {
        var text = absent(value);
        if (text != null && text.length() > MAX_TEXT) {
            throw ProblemException.invalid(field, "must have at most " + MAX_TEXT + " characters");
        }
        return text;
    }

    private static @Nullable String absent(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }
}
