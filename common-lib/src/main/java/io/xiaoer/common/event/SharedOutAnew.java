package io.xiaoer.common.event;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/// Has the partitions of a group shared out once more when an instance takes its old place in it.
///
/// Who comes back under its `group.instance.id` in time is given what it had. If it leads the group, Kafka's client
/// takes the topics that it sees at that moment for those that were shared out: a topic, or a partition, that was made
/// while it was away is then read by nobody until the topics change again. Asking once, at the first assignment, is
/// enough: from then on its watch over the topics holds.
public final class SharedOutAnew implements ConsumerAwareRebalanceListener {
    private final Set<Consumer<?, ?>> asked =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        if (consumer.groupMetadata().groupInstanceId().isPresent() && asked.add(consumer)) {
            consumer.enforceRebalance("topics may have been made while this instance was away");
        }
    }
}
