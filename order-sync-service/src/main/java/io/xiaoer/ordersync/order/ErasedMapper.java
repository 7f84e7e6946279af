package io.xiaoer.ordersync.order;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.tenant.CrossTenant;
import java.time.Instant;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/// The table `erased_shopper`.
@Mapper
interface ErasedMapper {
    @Insert("""
            INSERT INTO erased_shopper (shop_id, who, erased_at) VALUES (#{shop}, #{who}, #{at})
            ON DUPLICATE KEY UPDATE erased_at = GREATEST(erased_at, VALUES(erased_at))""")
    void mark(@Param("shop") ShopId shop, @Param("who") String who, @Param("at") Instant at);

    @Select("SELECT COUNT(*) FROM erased_shopper WHERE shop_id = #{shop} AND who = #{who} AND erased_at >= #{at}")
    int since(@Param("shop") ShopId shop, @Param("who") String who, @Param("at") Instant at);

    @CrossTenant(reason = "The sweeper forgets the old marks of all shops")
    @Delete("DELETE FROM erased_shopper WHERE erased_at < #{before} LIMIT #{limit}")
    int forget(@Param("before") Instant before, @Param("limit") int limit);
}
