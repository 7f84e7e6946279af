package io.xiaoer.session.connection;

import java.time.Clock;
import java.util.concurrent.Executor;

/// What every socket of this node shares.
record ImServices(
        Welcome welcome,
        FrameHandler frames,
        Connections connections,
        ConnectionSettings settings,
        ConnectionMeters meters,
        Executor executor,
        Clock clock) {}
