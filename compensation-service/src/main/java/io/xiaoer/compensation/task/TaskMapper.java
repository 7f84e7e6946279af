package io.xiaoer.compensation.task;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.tenant.CrossTenant;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/// The tables `task` and `failure`; the statements stand in `TaskMapper.xml`.
@Mapper
interface TaskMapper {
    @Nullable
    Task find(@Param("shop") ShopId shop, @Param("id") String id);

    List<Task> list(@Param("shop") ShopId shop, @Param("filter") TaskFilter filter);

    @CrossTenant(reason = "Operators see the tasks of all shops")
    @Nullable
    Task findAny(@Param("id") String id);

    @CrossTenant(reason = "Operators see the tasks of all shops")
    List<Task> listAny(@Param("shop") @Nullable ShopId nobody, @Param("filter") TaskFilter filter);

    @CrossTenant(reason = "Dead letters and outcomes name a task, whosever it is")
    @Nullable
    Task lock(@Param("id") String id);

    @CrossTenant(reason = "A dead letter may not say whose it is")
    void insert(@Param("task") Task task, @Param("userTag") @Nullable String userTag);

    /// Changes a task that still has the status `from`; says whether it had.
    @CrossTenant(reason = "The task was found under the caller's shop, or by its own record")
    boolean change(@Param("from") TaskStatus from, @Param("task") Task task);

    @CrossTenant(reason = "The service retries the tasks of all shops")
    List<String> due(@Param("now") Instant now, @Param("limit") int limit);

    @CrossTenant(reason = "The service watches the tasks of all shops")
    List<String> silentSince(
            @Param("before") Instant before,
            @Param("limit") int limit,
            @Param("topics") Set<String> topics,
            @Param("of") boolean ofThese);

    /// How many tasks have a status, counted no further than the limit.
    @CrossTenant(reason = "A figure over all shops, for metrics")
    int count(@Param("status") TaskStatus status, @Param("limit") int limit);

    @CrossTenant(reason = "A record's key names the shop itself, also where its payload does not")
    List<String> ofKey(@Param("key") String key);

    @CrossTenant(reason = "A tag names the shop itself")
    List<String> ofUser(@Param("tag") String tag);

    @CrossTenant(reason = "The task was found by its record's key")
    void empty(@Param("id") String id);

    void emptyFailures(@Param("id") String id);

    void insertFailure(Failure failure);

    List<Failure> failuresOf(@Param("task") String task, @Param("limit") int limit);
}
