package io.xiaoer.local.command;

import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.data.RememberedPorts;
import io.xiaoer.local.suite.Addresses;
import io.xiaoer.local.supervise.RunState;
import java.io.IOException;

/// Says that a suite runs over the data directory, if one does.
record AlreadyUp(DataDirectory data) implements Command {
    private static final int NOT_UP = 3;

    @Override
    public int run() throws IOException {
        if (RunState.read(data).filter(state -> state.supervisor().alive()).isEmpty()) {
            return NOT_UP;
        }
        System.out.println(sentence());
        return 0;
    }

    String sentence() throws IOException {
        var addresses = Addresses.last(RememberedPorts.in(data));
        return "Xiaoer is already up at %s (./xiaoer status shows more, ./xiaoer down stops it)."
                .formatted(addresses.gateway());
    }
}
