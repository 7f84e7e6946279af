package io.xiaoer.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The secrets that the suite made for itself, as they lie under its data directory.
final class Secrets {

    private Secrets() {}

    /// The one secret file whose name starts so.
    static String read(String name) {
        try (var files = Files.list(Suite.data().resolve("secrets"))) {
            Path file = files.filter(each -> each.getFileName().toString().startsWith(name))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Every secret, for what must never be served.
    static List<String> all() {
        try (var files = Files.list(Suite.data().resolve("secrets"))) {
            return files.filter(Files::isRegularFile).map(Secrets::content).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
