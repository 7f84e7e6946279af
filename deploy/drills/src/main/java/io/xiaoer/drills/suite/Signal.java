package io.xiaoer.drills.suite;

import java.io.IOException;

/// What the system can do to a process.
public enum Signal {
    KILL,
    STOP,
    CONT;

    public void send(long pid) throws IOException, InterruptedException {
        if (pid == 0) {
            throw new IOException("The process to break does not run");
        }
        var code = new ProcessBuilder("kill", "-" + name(), Long.toString(pid))
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("kill -%s %d failed".formatted(name(), pid));
        }
    }
}
