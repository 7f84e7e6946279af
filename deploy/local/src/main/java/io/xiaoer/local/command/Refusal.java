package io.xiaoer.local.command;

/// A command could not do what was asked; the message is the one sentence that the person sees.
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    public Refusal(String message) {
        super(message);
    }
}
