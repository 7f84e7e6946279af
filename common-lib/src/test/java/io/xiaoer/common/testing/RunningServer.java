package io.xiaoer.common.testing;

/// One server of a [Backend] that was started once; from then on it can be broken and mended in place.
interface RunningServer {

    void stop();

    void kill();

    void start();
}
