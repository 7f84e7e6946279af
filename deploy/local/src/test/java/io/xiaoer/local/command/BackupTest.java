package io.xiaoer.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.data.RememberedPorts;
import io.xiaoer.local.server.Ports;
import io.xiaoer.local.supervise.Health;
import io.xiaoer.local.supervise.ProcessId;
import io.xiaoer.local.supervise.ProcessState;
import io.xiaoer.local.supervise.RunState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    @TempDir
    Path directory;

    /// Once there was one, whose port is remembered; now there are two.
    @Test
    void oneOfTheSessionServicesThatRunIsAsked() throws Exception {
        var data = data("session-service-1", 4711);
        var ports = RememberedPorts.in(data);
        ports.fixed("session-service", 4710);
        ports.save();

        assertThat(BackupCalls.of(data).session()).isEqualTo("http://localhost:4711");
    }

    @Test
    void aSuiteThatDoesNotAnswerYetIsToldInASentence() throws Exception {
        var data = data("session-service", Ports.free());
        var ports = RememberedPorts.in(data);
        ports.fixed("identity", Ports.free());
        ports.save();
        var backup = new Backup(data, Optional.empty());

        assertThatThrownBy(backup::run).isInstanceOf(Refusal.class).hasMessageContaining("Nobody answers at http://");
    }

    /// Where it looks the copy is not, and in the data directory it would be taken for a backup of this suite's.
    @Test
    void aDirectoryThatTheSuiteDoesNotLookAtIsToldWhereToGo() throws Exception {
        var suite = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer(suite, "/oauth2/token", 200, "{\"access_token\":\"t\"}");
        answer(suite, "/operator/backups", 200, "{\"data\":[]}");
        answer(suite, "/operator/backups/2026-11-25/restore", 404, "{\"title\":\"Not found\"}");
        suite.start();
        try {
            var data = data("session-service", suite.getAddress().getPort());
            var ports = RememberedPorts.in(data);
            ports.fixed("identity", suite.getAddress().getPort());
            ports.save();
            var backup = Files.createDirectories(directory.resolve("elsewhere/2026-11-25"));
            Files.writeString(backup.resolve("manifest.json"), "{\"parts\":[]}");

            assertThatThrownBy(new Restore(data, backup.toString())::run)
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("BACKUP_TARGET")
                    .hasMessageContaining("./xiaoer restore 2026-11-25");
            assertThat(data.backups().resolve("2026-11-25")).doesNotExist();
            assertThatThrownBy(new Restore(data, "2026-11-25")::run)
                    .isInstanceOf(Refusal.class)
                    .hasMessage("The suite has no backup 2026-11-25 in its store");
        } finally {
            suite.stop(0);
        }
    }

    /// The backup is not made first.
    @Test
    void aTargetThatTakesNothingIsRefusedBeforeTheWork() throws Exception {
        var data = data("session-service", Ports.free());
        var ports = RememberedPorts.in(data);
        ports.fixed("identity", Ports.free());
        ports.save();
        var file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(new Backup(data, Optional.of(file))::run)
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Nothing can be written to " + file);
    }

    private static void answer(HttpServer suite, String path, int status, String body) {
        suite.createContext(path, exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private DataDirectory data(String name, int port) throws IOException {
        var data = new DataDirectory(directory.resolve("var"));
        data.lay();
        var process = new ProcessState(name, ProcessId.self(), port, Health.UP, 0, name + ".log");
        new RunState(true, ProcessId.self(), List.of(process)).write(data);
        return data;
    }
}
