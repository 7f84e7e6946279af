package io.xiaoer.session.delivery;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/// The followers of this node by user. Reading never waits for a writer.
final class Receivers {

    private final ConcurrentMap<String, List<Follower>> byUser = new ConcurrentHashMap<>();

    void add(Follower follower) {
        byUser.merge(
                follower.user().tag(),
                List.of(follower),
                (old, one) -> Stream.concat(old.stream(), one.stream()).toList());
    }

    void remove(Follower follower) {
        byUser.computeIfPresent(follower.user().tag(), (tag, old) -> {
            var rest = old.stream().filter(each -> each != follower).toList();
            return rest.isEmpty() ? null : rest;
        });
    }

    /// Everybody who follows this user here.
    List<Follower> of(String tag) {
        return byUser.getOrDefault(tag, List.of());
    }

    Stream<Follower> all() {
        return byUser.values().stream().flatMap(List::stream);
    }

    int count() {
        return byUser.values().stream().mapToInt(List::size).sum();
    }
}
