/// The three servers of the suite as real processes on one machine: Redis, Kafka and MariaDB.
///
/// Each [io.xiaoer.local.server.Server] lays out its own files, knows its command line and can say over the network
/// whether it answers; [io.xiaoer.local.server.ChildProcess] runs any of them. The binaries are those that the build
/// put beside this module's classes. All listen on the loopback address alone and none starts without a password that
/// its protocol can carry. Nothing here knows of the suite's services, so that tests may use it too.
@NullMarked
package io.xiaoer.local.server;

import org.jspecify.annotations.NullMarked;
