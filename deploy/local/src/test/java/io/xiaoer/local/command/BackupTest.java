package io.xiaoer.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.data.RememberedPorts;
import io.xiaoer.local.server.Ports;
import io.xiaoer.local.supervise.Health;
import io.xiaoer.local.supervise.ProcessId;
import io.xiaoer.local.supervise.ProcessState;
import io.xiaoer.local.supervise.RunState;
import java.io.IOException;
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

    private DataDirectory data(String name, int port) throws IOException {
        var data = new DataDirectory(directory.resolve("var"));
        data.lay();
        var process = new ProcessState(name, ProcessId.self(), port, Health.UP, 0, name + ".log");
        new RunState(true, ProcessId.self(), List.of(process)).write(data);
        return data;
    }
}
