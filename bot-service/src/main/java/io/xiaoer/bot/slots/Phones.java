package io.xiaoer.bot.slots;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a Chinese mobile number.
public final class Phones {

    private static final Pattern MOBILE = Pattern.compile(
            "(?<![0-9a-z])(?:(?:\\+|00)?86[- ]?)?(1[3-9][0-9])[- ]?([0-9]{4})[- ]?([0-9]{4})(?![0-9a-z])");

    private Phones() {}

    /// The first number of the text, its 11 digits alone; null if there is none.
    public static @Nullable String in(String text) {
        var found = MOBILE.matcher(Folded.of(text));
        return found.find() ? found.group(1) + found.group(2) + found.group(3) : null;
    }
}
