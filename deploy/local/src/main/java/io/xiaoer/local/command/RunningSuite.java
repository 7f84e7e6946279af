package io.xiaoer.local.command;

import io.xiaoer.local.api.Api;
import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.data.RememberedPorts;
import io.xiaoer.local.data.Secrets;
import io.xiaoer.local.suite.Addresses;
import io.xiaoer.local.supervise.RunState;
import java.io.IOException;

/// The suite that runs over a data directory, for commands that talk to it.
record RunningSuite(Secrets secrets, Addresses addresses) {

    /// @throws Refusal if nothing runs there
    static RunningSuite of(DataDirectory data) throws Refusal, IOException {
        var state = RunState.read(data);
        if (state.isEmpty() || !state.get().anythingAlive()) {
            throw new Refusal("Xiaoer is not up. Start it with ./xiaoer up");
        }
        return new RunningSuite(new Secrets(data.secrets()), Addresses.last(RememberedPorts.in(data)));
    }

    Api api() {
        return new Api(addresses.gateway(), addresses.identity());
    }
}
