/// The conversation log of a user in Redis: one atomic append that stores, fences, limits and publishes; reading after
/// an id; refilling what Redis lost. Redis is the hot view alone: Kafka is the record and MariaDB the archive.
@NullMarked
package io.xiaoer.common.log;

import org.jspecify.annotations.NullMarked;
