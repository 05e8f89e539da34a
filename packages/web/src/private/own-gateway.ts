import { OwnGatewayOptions } from '../exposure-target';
import { ExposureRequest, TargetRenderer } from './target-renderer';

export class OwnGateway implements TargetRenderer {
  public constructor(private readonly className: string, private readonly options: OwnGatewayOptions) {}

  public render(request: ExposureRequest): void {
    void request;
    void this.className;
    void this.options;
  }
}
