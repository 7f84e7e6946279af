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
        var isUp = RunState.read(data).filter(RunState::complete).isPresent();
        var where = Commands.where(data);
        return "Xiaoer is already %s at %s (./xiaoer status%s shows more, ./xiaoer down%s stops it)."
                .formatted(isUp ? "up" : "starting", addresses.gateway(), where, where);
    }
}
