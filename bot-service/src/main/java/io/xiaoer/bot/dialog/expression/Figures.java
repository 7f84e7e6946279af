package io.xiaoer.bot.dialog.expression;

import java.math.BigDecimal;

/// How long the numbers of dialogs may be. Eleven characters such as `1e900000000` are a number that
/// fills the memory of the process, and so every shop's, once it is written out.
public final class Figures {

    /// The most figures before the point of a number, and behind it.
    public static final int MOST = 40;

    /// The most characters that are read, since reading figures costs the square of their number.
    private static final int LONGEST = 100;

    private Figures() {}

    /// The number that a text is.
    ///
    /// @throws NumberFormatException if it is none
    /// @throws ArithmeticException if it has too many figures
    public static BigDecimal read(String text) {
        if (text.length() > LONGEST) {
            throw new ArithmeticException("too many characters");
        }
        return checked(new BigDecimal(text));
    }

    /// The number itself.
    ///
    /// @throws ArithmeticException if it has too many figures
    public static BigDecimal checked(BigDecimal number) {
        if ((long) number.precision() - number.scale() > MOST || number.scale() > MOST) {
            throw new ArithmeticException("too many figures");
        }
        return number;
    }
}
