package io.xiaoer.bot.faq;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.tenant.Tenant;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The FAQ in MariaDB.
///
/// | table | meaning | who deletes |
/// |---|---|---|
/// | `faq` | an entry, by shop and id | its merchant |
/// | `faq_revision` | one number a shop, grows in the transaction of each change; its row is the shop's lock | nobody |
///
/// A change and its revision are one transaction, and a copy is read in one snapshot: equal revisions are equal FAQs.
@Component
class FaqStore {

    /// The most entries of one shop.
    static final int MAX_ENTRIES = 20_000;

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
            if (results.stream().anyMatch(Put::created) && mapper.count(shop.value()) > MAX_ENTRIES) {
                throw new Full();
            }
            return results;
        });
    }

    private Put put(ShopId shop, FaqDraft draft) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        FaqRow known = mapper.get(shop.value(), draft.id());
        if (known == null) {
            var row = FaqRow.of(shop, draft, Long.parseLong(ids.next()), now, now);
            mapper.insert(row);
            return new Put(row.entry(), true);
        }
        var row = FaqRow.of(shop, draft, known.seq(), known.createdAt(), now);
        mapper.update(row);
        return new Put(row.entry(), false);
    }

    /// Deletes an entry.
    ///
    /// @return whether there was one
    @Transactional
    public boolean delete(ShopId shop, String id) {
        return Tenant.call(shop, () -> {
            mapper.raiseRevision(shop.value());
            return mapper.delete(shop.value(), id) > 0;
        });
    }

    /// An entry, null if there is none that can be read.
    public @Nullable FaqEntry get(ShopId shop, String id) {
        return Tenant.call(shop, () -> {
            FaqRow row = mapper.get(shop.value(), id);
            return row == null ? null : rows.entry(row).findAny().orElse(null);
        });
    }

    /// Entries, newest first.
    ///
    /// @param before only those with a smaller seq
    public List<FaqEntry> list(ShopId shop, long before, int limit) {
        return Tenant.call(shop, () -> entries(shop, before, limit));
    }

    /// The whole FAQ of a shop in one snapshot.
    @Transactional(readOnly = true)
    public FaqCopy copy(ShopId shop) {
        return Tenant.call(shop, () -> {
            Long revision = mapper.revision(shop.value());
            return revision == null ? FaqCopy.EMPTY : new FaqCopy(revision, entries(shop, Long.MAX_VALUE, MAX_ENTRIES));
        });
    }

    /// As many entries as there are, up to the limit: what cannot be read makes way for the next.
    private List<FaqEntry> entries(ShopId shop, long before, int limit) {
        var entries = new ArrayList<FaqEntry>();
        long from = before;
        while (entries.size() < limit) {
            int wanted = limit - entries.size();
            var read = mapper.list(shop.value(), from, wanted);
            read.stream().flatMap(rows::entry).forEach(entries::add);
            if (read.size() < wanted) {
                break;
            }
            from = read.getLast().seq();
        }
        return entries;
    }

    /// The revisions of all shops that ever had an entry.
    public List<FaqMapper.Revision> revisions(int limit) {
        return mapper.revisionsOfAllShops(limit);
    }

    /// An entry that was put.
    record Put(FaqEntry entry, boolean created) {}

    /// The shop has as many entries as it may have.
    static final class Full extends ProblemException {
        private static final long serialVersionUID = 1L;

        Full() {
            super(ProblemCode.CONFLICT, "a shop's FAQ holds at most " + MAX_ENTRIES + " entries");
        }
    }
}
