package io.xiaoer.common.testing;

/// The servers that a test can ask for.
public enum ServerKind {
    REDIS("redis:8"),
    KAFKA("apache/kafka:4.2.1"),
    MARIADB("mariadb:11.4");

    private final String image;

    ServerKind(String image) {
        this.image = image;
    }

    String image() {
        return image;
    }
}
