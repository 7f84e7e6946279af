package io.xiaoer.bot.dialog.store;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.tenant.Tenant;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The flows of shops in MariaDB.
///
/// | table | meaning | who deletes |
/// |---|---|---|
/// | `dialog_flow` | a version, by shop, name and number | its merchant; a put, beyond [#MAX_VERSIONS] |
/// | `dialog_flow_head` | which version talks to whom | its merchant |
/// | `dialog_flow_revision` | one number a shop, grows in the transaction of each change; its row is the shop's lock |
/// nobody |
///
/// Not guaranteed: that a version of long ago is kept. A dialog that began with one that is gone begins anew.
@Component
class FlowStore {

    /// The most flows of one shop.
    static final int MAX_FLOWS = 100;

    /// The most characters of one shop's flows in all their versions: each is kept loaded, so that a dialog stays on
    /// the version it began with.
    static final int MAX_CHARACTERS = 2 << 20;

    /// The most versions that are kept of a flow.
    static final int MAX_VERSIONS = 20;

    private final FlowMapper mapper;
    private final Clock clock;

    FlowStore(FlowMapper mapper, Clock clock) {
        this.mapper = mapper;
        this.clock = clock;
    }

    /// Puts a version of a flow.
    ///
    /// @param tails the users that it talks to; null for all
    /// @throws ProblemException if the number stands for another text, or the shop has no room
    @Transactional
    public Put put(ShopId shop, String name, int version, String body, @Nullable String tails) {
        return Tenant.call(shop, () -> {
            mapper.raiseRevision(shop.value());
            var versions = mapper.versions(shop.value(), name);
            var same = versions.stream()
                    .filter(row -> row.version() == version)
                    .findFirst()
                    .orElse(null);
            if (same != null && !same.body().equals(body)) {
                throw new ProblemException(
                        ProblemCode.CONFLICT, "version " + version + " stands for another text; raise the version");
            }
            FlowHead head = mapper.head(shop.value(), name);
            if (head == null && mapper.heads(shop.value()).size() >= MAX_FLOWS) {
                throw new ProblemException(ProblemCode.CONFLICT, "a shop holds at most " + MAX_FLOWS + " flows");
            }
            if (same == null) {
                mapper.insert(new FlowRow(shop.value(), name, version, body, now()));
            }
            var next = tails == null
                    ? new FlowHead(shop.value(), name, version, 0, "", now())
                    : new FlowHead(
                            shop.value(),
                            name,
                            head == null ? FlowHead.BUILT_IN : head.version(),
                            version,
                            tails,
                            now());
            mapper.putHead(next);
            versions.stream()
                    .filter(row -> row.version() != next.version() && row.version() != next.canary())
                    .skip(MAX_VERSIONS - 2)
                    .forEach(row -> mapper.deleteVersion(shop.value(), name, row.version()));
            long characters = mapper.all(shop.value()).stream()
                    .mapToLong(row -> row.body().length())
                    .sum();
            if (characters > MAX_CHARACTERS) {
                throw new ProblemException(
                        ProblemCode.CONFLICT,
                        "a shop's flows have at most " + MAX_CHARACTERS + " characters in all their versions, and with"
                                + " this one it would be " + characters + ": delete a flow that is not used");
            }
            return new Put(next, head == null);
        });
    }

    /// Chooses which versions talk to whom.
    ///
    /// @return the head, null if the shop has no such flow or version
    @Transactional
    public @Nullable FlowHead choose(ShopId shop, String name, int version, int canary, String tails) {
        return Tenant.call(shop, () -> {
            mapper.raiseRevision(shop.value());
            var kept = mapper.versions(shop.value(), name).stream()
                    .map(FlowRow::version)
                    .toList();
            if (mapper.head(shop.value(), name) == null
                    || version != FlowHead.BUILT_IN && !kept.contains(version)
                    || canary != 0 && !kept.contains(canary)) {
                return null;
            }
            var head = new FlowHead(shop.value(), name, version, canary, tails, now());
            mapper.putHead(head);
            return head;
        });
    }

    /// Deletes a flow with all its versions.
    ///
    /// @return whether there was one
    @Transactional
    public boolean delete(ShopId shop, String name) {
        return Tenant.call(shop, () -> {
            mapper.raiseRevision(shop.value());
            mapper.deleteVersions(shop.value(), name);
            return mapper.deleteHead(shop.value(), name) > 0;
        });
    }

    /// The heads of a shop's flows, by name.
    public List<FlowHead> heads(ShopId shop) {
        return Tenant.call(shop, () -> mapper.heads(shop.value()));
    }

    /// The head of a flow, null if the shop wrote none of that name.
    public @Nullable FlowHead head(ShopId shop, String name) {
        return Tenant.call(shop, () -> mapper.head(shop.value(), name));
    }

    /// The versions of a flow, newest first.
    public List<FlowRow> versions(ShopId shop, String name) {
        return Tenant.call(shop, () -> mapper.versions(shop.value(), name));
    }

    /// All of a shop in one snapshot.
    @Transactional(readOnly = true)
    public Snapshot snapshot(ShopId shop) {
        return Tenant.call(shop, () -> {
            Long revision = mapper.revision(shop.value());
            return revision == null
                    ? new Snapshot(0, List.of(), List.of())
                    : new Snapshot(revision, mapper.heads(shop.value()), mapper.all(shop.value()));
        });
    }

    /// The revision of a shop's flows, 0 if it never had any.
    public long revision(ShopId shop) {
        return Tenant.call(shop, () -> {
            Long revision = mapper.revision(shop.value());
            return revision == null ? 0L : revision;
        });
    }

    /// The revisions of all shops that ever had a flow.
    public List<FlowMapper.Revision> revisions(int limit) {
        return mapper.revisionsOfAllShops(limit);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /// A flow that was put.
    record Put(FlowHead head, boolean created) {}

    /// A shop's flows at a revision.
    record Snapshot(long revision, List<FlowHead> heads, List<FlowRow> rows) {}
}
