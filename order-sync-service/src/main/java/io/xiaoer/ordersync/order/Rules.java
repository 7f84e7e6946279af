package io.xiaoer.ordersync.order;

import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.problem.ProblemException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The rules of values that cross the border, for the constructors of records. Each refusal is a [BrokenRule].
public final class Rules {

    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");
    private static final Set<String> DOTS = Set.of(".", "..");

    private Rules() {}

    /// An id that somebody else chose: 1 to 64 printable characters. Blanks at its end are left out, as the database
    /// compares it.
    public static String id(String field, String value) {
        boolean printable =
                value.codePoints().noneMatch(point -> Character.isISOControl(point) || !Character.isDefined(point));
        require(
                value,
                printable && !value.isBlank() && length(value) <= 64,
                field,
                "must have 1 to 64 printable characters");
        return UserKey.compared(value);
    }

    /// An id that is told must be one that a path can name too: no server on the way lets separators of
    /// lines pass, or `.` and `..` between slashes, and half a character cannot be stored. What had one
    /// would be told in a batch and never be read. What was stored before is read all the same, so this
    /// is no part of [#id].
    public static void told(String field, String value) {
        require(
                value,
                value.codePoints().noneMatch(Rules::isInNoPath)
                        && Arrays.stream(value.split("/", -1)).noneMatch(DOTS::contains),
                field,
                "must have 1 to 64 printable characters, and no . or .. alone or between slashes");
    }

    private static boolean isInNoPath(int point) {
        int type = Character.getType(point);
        return type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR || type == Character.SURROGATE;
    }

    /// A text of 1 to `max` characters.
    public static String text(String field, String value, int max) {
        return require(value, !value.isBlank() && length(value) <= max, field, "must have 1 to " + max + " characters");
    }

    /// A text of at most `max` characters, or none.
    public static @Nullable String optional(String field, @Nullable String value, int max) {
        if (value != null) {
            require(value, length(value) <= max, field, "must have at most " + max + " characters");
        }
        return value;
    }

    /// A state in the words of a platform, or none.
    public static void platformStatus(@Nullable String value) {
        optional("platform_status", value, 128);
    }

    /// A list or map of at most `max` entries.
    public static <C> C size(String field, C value, int size, int max) {
        return require(value, size <= max, field, "must have at most " + max + " entries");
    }

    /// A list of at most `max` entries.
    public static <C extends Collection<?>> C size(String field, C value, int max) {
        return size(field, value, value.size(), max);
    }

    /// A number between the two, both included.
    public static long range(String field, long value, long least, long most) {
        return require(value, value >= least && value <= most, field, "must lie between " + least + " and " + most);
    }

    /// A time that the database can hold, cut to its microseconds so that it compares equal to itself later.
    public static Instant time(String field, Instant value) {
        require(
                value,
                !value.isBefore(EARLIEST) && value.isBefore(LATEST),
                field,
                "must lie between the years 1970 and 9998");
        return value.truncatedTo(ChronoUnit.MICROS);
    }

    /// What a caller's values make; a rule that they break is answered 400 with field and rule.
    public static <T> T valid(Supplier<T> values) {
        try {
            return values.get();
        } catch (BrokenRule broken) {
            throw ProblemException.invalid(broken.field(), broken.rule());
        }
    }

    private static int length(String value) {
        return value.codePointCount(0, value.length());
    }

    /// The value, if the rule holds for it.
    public static <T> T require(T value, boolean holds, String field, String rule) {
        if (!holds) {
            throw new BrokenRule(field, rule);
        }
        return value;
    }
}
