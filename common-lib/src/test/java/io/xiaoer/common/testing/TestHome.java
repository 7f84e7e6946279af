package io.xiaoer.common.testing;

import io.xiaoer.local.server.DirectoryTree;
import io.xiaoer.local.server.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The directory of one test JVM, `<tmp>/xiaoer-tests-<user>/<pid>`, with the list of the processes it started.
///
/// At the JVM's end they are killed and the directory is deleted. If the JVM is itself killed, as if its tests hang, a
/// shell does it, which sees its input end with the JVM; what is there still, the next JVM clears away. A process id
/// counts only together with its start time, or for the shell with its command line, since ids are used again.
record TestHome(Path directory) {
    private static final String PROCESSES = "processes";
    private static final String WHEN_KILLED = """
            cat >/dev/null
            [ -f "$1/processes" ] || exit 0
            sed 1d "$1/processes" | while read -r pid started; do
              words=$(tr '\\0' ' ' <"/proc/$pid/cmdline" || ps -ww -o args= -p "$pid")
              case $words in *"$1/"* | *redis-server*) kill -9 "$pid" ;; esac
            done
            rm -rf "$1"
            """;

    /// Kept, since its input ends when it is collected.
    @SuppressWarnings("unused")
    private static @Nullable Process whenKilled;

    static TestHome make() {
        var all = Path.of(System.getProperty("java.io.tmpdir"), "xiaoer-tests-" + System.getProperty("user.name"));
        try {
            PrivateFiles.directory(all);
            clearLeftovers(all);
            var mine = all.resolve(Long.toString(ProcessHandle.current().pid()));
            DirectoryTree.delete(mine);
            var home = new TestHome(PrivateFiles.directory(mine));
            home.remember(ProcessHandle.current().pid());
            Runtime.getRuntime().addShutdownHook(new Thread(home::clear, "test-servers-end"));
            whenKilled = new ProcessBuilder("sh", "-c", WHEN_KILLED, "sh", mine.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            TestsInTime.watch();
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException("No directory for the tests' servers", e);
        }
    }

    /// Notes a process, the first being the JVM itself.
    void remember(long pid) throws IOException {
        var started = ProcessHandle.of(pid).flatMap(process -> process.info().startInstant());
        if (started.isPresent()) {
            Files.writeString(
                    directory.resolve(PROCESSES),
                    pid + " " + started.get().toEpochMilli() + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    private static void clearLeftovers(Path all) throws IOException {
        try (var homes = Files.list(all)) {
            for (var directory : homes.toList()) {
                var home = new TestHome(directory);
                var processes = home.processes();
                if (!processes.isEmpty() && find(processes.getFirst()) == null) {
                    home.clear();
                }
            }
        }
    }

    private void clear() {
        try {
            for (var line : processes()) {
                var process = find(line);
                if (process != null && process.pid() != ProcessHandle.current().pid()) {
                    process.destroyForcibly();
                    process.onExit()
                            .completeOnTimeout(process, 30, TimeUnit.SECONDS)
                            .join();
                }
            }
            DirectoryTree.delete(directory);
        } catch (IOException e) {
            System.err.println("Could not clear " + directory + ": " + e);
        }
    }

    /// None where another JVM clears the same directory away meanwhile.
    private List<String> processes() throws IOException {
        try {
            return Files.readAllLines(directory.resolve(PROCESSES));
        } catch (NoSuchFileException | NotDirectoryException gone) {
            return List.of();
        }
    }

    private static @Nullable ProcessHandle find(String line) {
        var fields = line.split(" ");
        return ProcessHandle.of(Long.parseLong(fields[0]))
                .filter(process -> process.info()
                        .startInstant()
                        .equals(Optional.of(Instant.ofEpochMilli(Long.parseLong(fields[1])))))
                .orElse(null);
    }
}
