package io.xiaoer.bot.faq;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.tenant.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The FAQ in MariaDB.
///
/// | table | meaning | who deletes |
/// |---|---|---|
/// | `faq` | an entry, by shop and id | its merchant |
/// | `faq_version` | what an entry was after each change | the change that makes one too many of an entry; of entries
/// that are gone the next deletion in the shop after 30 days |
/// | `faq_revision` | one number a shop, grows in the transaction of each change; its row is the shop's lock | nobody |
///
/// A change and its revision are one transaction, and a copy is read in one snapshot: equal revisions are equal FAQs.
@Component
class FaqStore {

    /// The most entries of one shop.
    static final int MAX_ENTRIES = 20_000;

    /// The most versions of an entry that are kept.
    static final int KEPT_VERSIONS = 50;

    private static final Duration KEPT_GONE = Duration.ofDays(30);

    private final FaqMapper mapper;
    private final FaqRows rows;
    private final SnowflakeIds ids;
    private final Clock clock;

    FaqStore(FaqMapper mapper, FaqRows rows, SnowflakeIds ids, Clock clock) {
        this.mapper = mapper;
        this.rows = rows;
        this.ids = ids;
        this.clock = clock;
    }

    /// Puts entries, all or none.
    ///
    /// @return for each whether it is new
    /// @throws Full if the shop has no room for them
    @Transactional
    public List<Put> put(ShopId shop, List<FaqDraft> drafts) {
        return Tenant.call(shop, () -> {
            mapper.raiseRevision(shop.value());
            var results = drafts.stream().map(draft -> put(shop, draft)).toList();
            var created = results.stream()
                    .filter(Put::created)
                    .map(put -> put.entry().id())
                    .toList();
            int over = created.isEmpty() ? 0 : (int) mapper.count(shop.value()) - MAX_ENTRIES;
            if (over > 0) {
                throw new Full(created.subList(Math.max(0, created.size() - over), created.size()));
            }
            return results;
        });
    }

    private Put put(ShopId shop, FaqDraft draft) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        FaqRow known = mapper.get(shop.value(), draft.id());
        if (known == null) {
            Integer before = mapper.latestVersion(shop.value(), draft.id());
            var row = FaqRow.first(shop, draft, Long.parseLong(ids.next()), before == null ? 1 : before + 1, now);
            mapper.insert(row);
            keep(FaqVersion.of(row));
            return new Put(KeptFaq.of(row, row.entry()), true);
        }
        var row = known.next(draft, now);
        if (row.says(known)) {
            return new Put(KeptFaq.of(known, known.entry()), false);
        }
        mapper.update(row);
        keep(FaqVersion.of(row));
        return new Put(KeptFaq.of(row, row.entry()), false);
    }

    private void keep(FaqVersion version) {
        mapper.insertVersion(version);
        mapper.deleteVersionsUpTo(version.shopId(), version.id(), version.version() - KEPT_VERSIONS);
    }

    /// Makes an entry what it was, as a new version; a deleted one comes back.
    ///
    /// @return null if that version is not kept
    @Transactional
    public @Nullable Put restore(ShopId shop, String id, int version) {
        return Tenant.call(shop, () -> {
            var wanted = mapper.version(shop.value(), id, version);
            if (wanted == null) {
                return null;
            }
            var draft = new FaqDraft(
                    id, wanted.question(), wanted.similar(), wanted.answer(), wanted.locale(), wanted.enabled());
            return put(shop, List.of(draft)).getFirst();
        });
    }

    /// The versions of an entry that are kept, newest first.
    public List<FaqVersion> versions(ShopId shop, String id) {
        return Tenant.call(shop, () -> mapper.versions(shop.value(), id, KEPT_VERSIONS));
    }

    /// Adds to how often entries have answered; those that are gone are passed over.
    @Transactional
    public void addHits(ShopId shop, Map<String, Long> hits) {
        Tenant.call(shop, () -> {
            var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            new TreeMap<>(hits).forEach((id, more) -> mapper.addHits(shop.value(), id, more, now));
            return hits.size();
        });
    }

    /// Deletes an entry.
    ///
    /// @return whether there was one
    @Transactional
    public boolean delete(ShopId shop, String id) {
        return Tenant.call(shop, () -> {
            mapper.raiseRevision(shop.value());
            FaqRow known = mapper.get(shop.value(), id);
            if (known == null) {
                return false;
            }
            var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            keep(FaqVersion.ofDeleted(known, now));
            mapper.delete(shop.value(), id);
            mapper.deleteVersionsOfGone(shop.value(), now.minus(KEPT_GONE));
            return true;
        });
    }

    /// An entry, null if there is none that can be read.
    public @Nullable KeptFaq get(ShopId shop, String id) {
        return Tenant.call(shop, () -> {
            FaqRow row = mapper.get(shop.value(), id);
            return row == null ? null : kept(row).findAny().orElse(null);
        });
    }

    /// Entries, newest first.
    ///
    /// @param before only those with a smaller seq
    public List<KeptFaq> list(ShopId shop, long before, int limit) {
        return Tenant.call(shop, () -> entries(mapper::list, shop, before, limit));
    }

    /// All of a shop's FAQ that answers, in one snapshot.
    @Transactional(readOnly = true)
    public FaqCopy copy(ShopId shop) {
        return Tenant.call(shop, () -> {
            Long revision = mapper.revision(shop.value());
            return revision == null
                    ? FaqCopy.EMPTY
                    : new FaqCopy(
                            revision,
                            entries(mapper::listEnabled, shop, Long.MAX_VALUE, MAX_ENTRIES).stream()
                                    .map(KeptFaq::entry)
                                    .toList());
        });
    }

    /// As many entries as there are, up to the limit: what cannot be read makes way for the next.
    private List<KeptFaq> entries(Pages pages, ShopId shop, long before, int limit) {
        var entries = new ArrayList<KeptFaq>();
        long from = before;
        while (entries.size() < limit) {
            int wanted = limit - entries.size();
            var read = pages.read(shop.value(), from, wanted);
            read.stream().flatMap(this::kept).forEach(entries::add);
            if (read.size() < wanted) {
                break;
            }
            from = read.getLast().seq();
        }
        return entries;
    }

    private Stream<KeptFaq> kept(FaqRow row) {
        return rows.entry(row).map(entry -> KeptFaq.of(row, entry));
    }

    /// Reads rows page by page, newest first.
    private interface Pages {
        List<FaqRow> read(String shop, long before, int limit);
    }

    /// The revisions of all shops that ever had an entry.
    public List<FaqMapper.Revision> revisions(int limit) {
        return mapper.revisionsOfAllShops(limit);
    }

    /// An entry that was put.
    record Put(KeptFaq kept, boolean created) {

        FaqEntry entry() {
            return kept.entry();
        }
    }

    /// The shop has as many entries as it may have.
    static final class Full extends ProblemException {
        private static final long serialVersionUID = 1L;

        private final transient Set<String> tooMany;

        Full(List<String> tooMany) {
            super(ProblemCode.CONFLICT, "a shop's FAQ holds at most " + MAX_ENTRIES + " entries");
            this.tooMany = Set.copyOf(tooMany);
        }

        /// The new entries that there is no room for, one at least; without them, the others could be put.
        Set<String> tooMany() {
            return tooMany;
        }
    }
}
