package io.xiaoer.compensation.webhook.sending;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.compensation.webhook.delivery.Lane.Endpoint;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The attempts that an instance makes at one time, and who may have them: an endpoint so many, one that answered badly
/// the last time a quarter of them; all that answered badly together half of all; a shop a quarter of all.
final class Slots {
    private final int all;
    private final int perEndpoint;
    private final Map<Endpoint, Integer> taken = new HashMap<>();
    /// Endpoints of which the last attempt failed or was slow; so no more than there are endpoints.
    private final Set<Endpoint> bad = new HashSet<>();

    Slots(int all, int perEndpoint) {
        this.all = all;
        this.perEndpoint = perEndpoint;
    }

    /// How many more this endpoint may have now.
    synchronized int room(Endpoint endpoint) {
        boolean slow = bad.contains(endpoint);
        int own = (slow ? Math.max(1, perEndpoint / 4) : perEndpoint) - taken.getOrDefault(endpoint, 0);
        int shops = Math.max(1, all / 4) - takenOf(endpoint.shop());
        int rest = all - taken();
        int badOnes = slow ? Math.max(1, all / 2) - takenByBad() : rest;
        return Math.max(0, Math.min(Math.min(own, shops), Math.min(rest, badOnes)));
    }

    /// Takes one; false if there is no room.
    synchronized boolean take(Endpoint endpoint) {
        if (room(endpoint) == 0) {
            return false;
        }
        taken.merge(endpoint, 1, Integer::sum);
        return true;
    }

    /// Gives one back.
    synchronized void give(Endpoint endpoint) {
        taken.computeIfPresent(endpoint, (key, number) -> number == 1 ? null : number - 1);
    }

    /// Notes how an endpoint answered.
    synchronized void answered(Endpoint endpoint, boolean well) {
        if (well) {
            bad.remove(endpoint);
        } else {
            bad.add(endpoint);
        }
    }

    synchronized int taken() {
        return taken.values().stream().mapToInt(Integer::intValue).sum();
    }

    private int takenByBad() {
        return taken.entrySet().stream()
                .filter(each -> bad.contains(each.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private int takenOf(ShopId shop) {
        return taken.entrySet().stream()
                .filter(each -> each.getKey().shop().equals(shop))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
