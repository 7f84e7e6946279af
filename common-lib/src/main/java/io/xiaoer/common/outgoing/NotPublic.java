package io.xiaoer.common.outgoing;

/// An address that may not be called. The message may be shown to whoever gave it: it says the rule, and nothing of
/// what a name resolved to.
public final class NotPublic extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotPublic(String rule) {
        super(rule);
    }
}
