package runnel.upstream.openai;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What holds however a server is asked.
@ParameterizedClass
@EnumSource(Way.class)
@Retention(RetentionPolicy.RUNTIME)
@interface EachWay {}
