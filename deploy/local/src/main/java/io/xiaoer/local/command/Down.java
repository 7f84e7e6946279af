package io.xiaoer.local.command;

import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.supervise.Leftovers;
import io.xiaoer.local.supervise.RunState;
import java.io.IOException;

/// Takes the suite down; its data stays.
final class Down implements Command {
    private final DataDirectory data;

    Down(DataDirectory data) {
        this.data = data;
    }

    @Override
    public int run() throws IOException, InterruptedException {
        var state = RunState.read(data);
        if (state.isEmpty() || !state.get().anythingAlive()) {
            System.out.println("Xiaoer is not up.");
            return 0;
        }
        Leftovers.end(data, state.get());
        System.out.println("Xiaoer is down.");
        return 0;
    }
}
