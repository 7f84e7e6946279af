package io.xiaoer.bot.faq;

import io.xiaoer.common.tenant.CrossTenant;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/// The statements over `faq` and `faq_revision`, in `FaqMapper.xml`.
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

    int count(@Param("shopId") String shopId);

    void insert(FaqRow row);

    void update(FaqRow row);

    int delete(@Param("shopId") String shopId, @Param("id") String id);

    /// A shop and its number.
    record Revision(String shopId, long revision) {}
}
