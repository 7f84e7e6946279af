package io.xiaoer.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.supervise.ProcessId;
import io.xiaoer.local.supervise.RunState;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who starts a suite twice hears how far the first one is, and how it is stopped.
class AlreadyUpTest {
    @TempDir
    Path directory;

    private DataDirectory data = new DataDirectory(Path.of("."));

    @BeforeEach
    void lay() throws Exception {
        data = new DataDirectory(directory.resolve("my data"));
        data.lay();
    }

    @Test
    void aSuiteThatIsBeingStartedIsNotUp() throws Exception {
        RunState.beginning().write(data);

        assertThat(new AlreadyUp(data).sentence()).contains("already starting");
    }

    @Test
    void theCommandsThatAreToldAreThoseForThisSuite() throws Exception {
        new RunState(true, ProcessId.self(), List.of()).write(data);

        assertThat(new AlreadyUp(data).sentence())
                .contains("already up")
                .contains("./xiaoer down --data '" + data.root() + "' stops it");
    }
}
