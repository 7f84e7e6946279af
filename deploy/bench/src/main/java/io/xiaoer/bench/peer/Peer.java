package io.xiaoer.bench.peer;

import io.xiaoer.local.supervise.ProcessState;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/// A contender that runs: two nodes, and what they need.
public interface Peer extends AutoCloseable {

    Dialect dialect();

    /// Where its nodes are.
    List<URI> nodes();

    /// All of its processes.
    List<ProcessState> processes();

    /// How many messages it has stored of a conversation.
    long stored(String conversation) throws IOException;

    @Override
    void close() throws IOException;
}
