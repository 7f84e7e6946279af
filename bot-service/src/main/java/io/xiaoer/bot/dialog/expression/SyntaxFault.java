package io.xiaoer.bot.dialog.expression;

/// An expression or a text that cannot be read.
public final class SyntaxFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final String cure;

    SyntaxFault(String what, String cure) {
        super(what);
        this.cure = cure;
    }

    /// What is wrong.
    public String what() {
        return String.valueOf(getMessage());
    }

    /// What to write instead.
    public String cure() {
        return cure;
    }
}
