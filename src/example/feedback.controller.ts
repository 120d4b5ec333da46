import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { HttpRequest } from '../decorator/declaration/experiment-use.js';
import { Public } from '../operations/public.decorator.js';
import { RatingService } from './rating.service.js';
import { RatingRequest, type RatingBody } from './summarize.schema.js';

@Public()
@ApiTags('example')
@Controller('api')
export class FeedbackController {
  constructor(private readonly ratings: RatingService) {}

  @Post('feedback')
  @HttpCode(200)
  @ApiOperation({ summary: 'Rates a summary, by its token or as the user who got it' })
  async feedback(@Body({ schema: RatingRequest }) rating: RatingBody, @Req() request: HttpRequest) {
    await this.ratings.rate(rating, request);
    return { recorded: true };
  }
}
