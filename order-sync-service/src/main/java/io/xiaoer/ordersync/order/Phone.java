package io.xiaoer.ordersync.order;

import java.util.Optional;
import java.util.regex.Pattern;

/// A phone number as it is compared: its digits alone, of a mobile of mainland China without the country's code. So
/// `+86 138-1234-5678` and `13812345678` are one. Prints redacted.
public record Phone(String digits) {

    private static final int FEWEST = 5;
    private static final Pattern WITH_COUNTRY = Pattern.compile("(?:00)?86(1[3-9][0-9]{9})");

    /// Empty if the text has too few digits to be a number that one looks for.
    public static Optional<Phone> of(String text) {
        var digits = new StringBuilder();
        text.codePoints()
                .map(point -> Character.digit(point, 10))
                .filter(digit -> digit >= 0)
                .forEach(digits::append);
        var found = WITH_COUNTRY.matcher(digits);
        var number = found.matches() ? found.group(1) : digits.toString();
        return number.length() < FEWEST ? Optional.empty() : Optional.of(new Phone(number));
    }

    /// What a caller looks for.
    ///
    /// @throws BrokenRule if it has too few digits
    public static Phone lookedFor(String field, String text) {
        Rules.optional(field, text, 32);
        return of(text).orElseThrow(() -> BrokenRule.of(field, "must have " + FEWEST + " digits or more"));
    }

    @Override
    public String toString() {
        return "Phone[redacted]";
    }
}
