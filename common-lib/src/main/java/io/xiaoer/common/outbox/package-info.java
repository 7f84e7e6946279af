/// The transactional outbox: what a service decided and what it tells others are one commit.
///
/// [Outbox] writes a record into the caller's transaction; [OutboxRelay] sends committed records to Kafka, from one
/// instance per schema at a time, records of one key strictly one after the other, each at least once. While Kafka is
/// away the rows stay and are tried again. Nothing here decides what a record means; who receives one drops repeats.
@NullMarked
package io.xiaoer.common.outbox;

import org.jspecify.annotations.NullMarked;
