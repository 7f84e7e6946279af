package io.xiaoer.bot.faq;

import io.xiaoer.common.tenant.CrossTenant;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/// The statements over `faq`, `faq_revision` and `faq_version`, in `FaqMapper.xml`.
@Mapper
interface FaqMapper {

    void raiseRevision(@Param("shopId") String shopId);

    @Nullable
    Long revision(@Param("shopId") String shopId);

    @CrossTenant(reason = "one comparison for all copies of an instance; it reads numbers only")
    List<Revision> revisionsOfAllShops(@Param("limit") int limit);

    @Nullable
    FaqRow get(@Param("shopId") String shopId, @Param("id") String id);

    List<FaqRow> list(@Param("shopId") String shopId, @Param("before") long before, @Param("limit") int limit);

    /// Those that answer.
    List<FaqRow> listEnabled(@Param("shopId") String shopId, @Param("before") long before, @Param("limit") int limit);

    int count(@Param("shopId") String shopId);

    void insert(FaqRow row);

    void update(FaqRow row);

    int delete(@Param("shopId") String shopId, @Param("id") String id);

    int addHits(
            @Param("shopId") String shopId, @Param("id") String id, @Param("hits") long hits, @Param("at") Instant at);

    void insertVersion(FaqVersion version);

    /// The number of the latest version, null if none is kept.
    @Nullable
    Integer latestVersion(@Param("shopId") String shopId, @Param("id") String id);

    /// Newest first.
    List<FaqVersion> versions(@Param("shopId") String shopId, @Param("id") String id, @Param("limit") int limit);

    @Nullable
    FaqVersion version(@Param("shopId") String shopId, @Param("id") String id, @Param("version") int version);

    void deleteVersionsUpTo(@Param("shopId") String shopId, @Param("id") String id, @Param("version") int version);

    /// Deletes what is kept of entries that went before.
    void deleteVersionsOfGone(@Param("shopId") String shopId, @Param("before") Instant before);

    /// A shop and its number.
    record Revision(String shopId, long revision) {}
}
