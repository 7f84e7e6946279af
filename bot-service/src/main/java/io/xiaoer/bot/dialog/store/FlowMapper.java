package io.xiaoer.bot.dialog.store;

import io.xiaoer.common.tenant.CrossTenant;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/// The statements over the tables of flows, in `FlowMapper.xml`.
@Mapper
interface FlowMapper {

    void raiseRevision(@Param("shopId") String shopId);

    @Nullable
    Long revision(@Param("shopId") String shopId);

    @CrossTenant(reason = "one comparison for all copies of an instance; it reads numbers only")
    List<Revision> revisionsOfAllShops(@Param("limit") int limit);

    List<FlowHead> heads(@Param("shopId") String shopId);

    @Nullable
    FlowHead head(@Param("shopId") String shopId, @Param("name") String name);

    void putHead(FlowHead head);

    int deleteHead(@Param("shopId") String shopId, @Param("name") String name);

    List<FlowRow> versions(@Param("shopId") String shopId, @Param("name") String name);

    List<FlowRow> all(@Param("shopId") String shopId);

    void insert(FlowRow row);

    int deleteVersion(@Param("shopId") String shopId, @Param("name") String name, @Param("version") int version);

    int deleteVersions(@Param("shopId") String shopId, @Param("name") String name);

    /// A shop and its number.
    record Revision(String shopId, long revision) {}
}
