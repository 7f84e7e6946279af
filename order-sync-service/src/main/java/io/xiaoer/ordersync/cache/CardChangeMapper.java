package io.xiaoer.ordersync.cache;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.tenant.CrossTenant;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/// The table `card_change`.
@Mapper
interface CardChangeMapper {

    @Insert("INSERT INTO card_change (shop_id, shoppers, changed_at) VALUES (#{shop}, #{shoppers}, #{now})")
    void insert(@Param("shop") ShopId shop, @Param("shoppers") String shoppers, @Param("now") Instant now);

    @CrossTenant(reason = "The sweeper sees to the changes of all shops")
    @Select("SELECT shop_id, id, shoppers, changed_at FROM card_change ORDER BY id LIMIT #{limit}")
    List<CardChange> oldest(@Param("limit") int limit);

    @CrossTenant(reason = "The sweeper sees to the changes of all shops")
    @Delete("<script>DELETE FROM card_change WHERE id IN"
            + " <foreach collection='ids' item='id' open='(' separator=',' close=')'>#{id}</foreach></script>")
    int forget(@Param("ids") Collection<Long> ids);
}
