package io.xiaoer.bot.mining;

import io.xiaoer.common.tenant.CrossTenant;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/// The statements over `faq_unanswered`, in `UnansweredMapper.xml`.
@Mapper
interface UnansweredMapper {

    /// Counts a question once more, or for the first time.
    void add(Unanswered question);

    int count(@Param("shopId") String shopId);

    /// Deletes those that were not asked for the longest time.
    void deleteOldest(@Param("shopId") String shopId, @Param("number") int number);

    /// What waits for a person, the most asked first.
    List<Unanswered> waiting(@Param("shopId") String shopId, @Param("since") Instant since, @Param("limit") int limit);

    @Nullable
    Unanswered get(@Param("shopId") String shopId, @Param("id") String id);

    int dismiss(@Param("shopId") String shopId, @Param("id") String id);

    int delete(@Param("shopId") String shopId, @Param("id") String id);

    @CrossTenant(reason = "what is too old goes, whoever's it is")
    int deleteOlder(@Param("before") Instant before, @Param("limit") int limit);
}
