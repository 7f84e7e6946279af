package io.xiaoer.local.server;

/// A password or key. It prints redacted, so that no log or exception shows it; [#value] is the only way to it.
public record Secret(String value) {

    public Secret {
        if (value.isBlank()) {
            throw new IllegalArgumentException("A secret must not be blank");
        }
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
